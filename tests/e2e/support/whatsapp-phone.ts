import type { MockPerson } from '../../servers/mock-whatsapp-person.ts'
import type { Phone } from './phone.ts'

/** A coordinator's phone with WhatsApp: no buttons, choices are said in words. */
export function whatsappPhone(person: MockPerson): Phone {
  let seen = 0
  return {
    async text(text) {
      await person.text(text)
    },
    async files(files) {
      const [only, second] = files
      if (only && !second) await person.file(only)
      else await person.album(files, 'qxketerangan')
    },
    async read() {
      const news = person.heard.slice(seen)
      seen = person.heard.length
      return news.map(({ text }) => text.replaceAll('*', ''))
    },
  }
}
