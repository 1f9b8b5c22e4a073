import type { FakeBotApi } from '../../servers/fake-bot-api.ts'
import { buttonsOf } from '../../servers/fake-bot-people.ts'
import type { PupilFile } from './pupil.ts'

/** What a person has in hand: says and sends, and sees what comes. */
export type Phone = {
  /** Resolves once the platform has it, whoever listens there. */
  text(text: string): Promise<void>
  /** Together, as one album where the platform has such; `unnamed` are pictures from the gallery. */
  files(files: readonly PupilFile[], unnamed?: boolean): Promise<void>
  /** Shares the own number, where the platform can. */
  share?(): Promise<void>
  /** Messages of the bot that this call sees first, oldest first. */
  read(): Promise<string[]>
}

export function telegramPhone(api: FakeBotApi, id: number): Phone {
  const person = api.person(id, 'Qxkontak Rekaan')
  let seen = 0
  return {
    async text(text) {
      // a thumb takes the button where there is one
      const button = buttonsOf(person.heard().at(-1)?.markup).find((one) => one.text === text)
      if (button) person.tap(text)
      else person.text(text)
    },
    async share() {
      person.contact(`6281299${String(id).slice(-6)}`)
    },
    async files(files, unnamed) {
      if (unnamed) for (const file of files) person.photo(file.bytes)
      else if (files.length === 1) person.document(files[0]!)
      else person.album(files, 'qxketerangan')
    },
    async read() {
      const news = api.sent.slice(seen)
      seen = api.sent.length
      return news.filter((message) => message.chat === id).map((message) => message.text)
    },
  }
}

/** Over the demo chat's API, as a page would: what was not answered 202 is sent again under the same id. */
export function webchatPhone(url: () => string, person: string): Phone {
  const address = (): string => `${url()}/demo/chat/${person}/messages`
  let number = 0
  let last: string | undefined
  async function send(
    body: (id: string) => { body: string | FormData; headers: Record<string, string> },
  ): Promise<void> {
    const id = `${person}-${(number += 1)}`
    for (;;) {
      const answer = await fetch(address(), { method: 'POST', ...body(id) }).catch(() => undefined)
      if (answer?.status === 202) return
      if (answer && answer.status < 500)
        throw new Error(`the demo chat answered ${answer.status}: ${await answer.text()}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  return {
    text: (text) =>
      send((id) => ({ body: JSON.stringify({ id, text }), headers: { 'content-type': 'application/json' } })),
    files: (files) =>
      send((id) => {
        const form = new FormData()
        form.set('id', id)
        for (const { bytes, name, mime } of files)
          form.append('files', new Blob([Uint8Array.from(bytes)], { type: mime }), name)
        return { body: form, headers: {} }
      }),
    async read() {
      const after = last === undefined ? '' : `?after=${encodeURIComponent(last)}`
      const answer = await fetch(address() + after).catch(() => undefined)
      if (answer?.status !== 200) return []
      const { messages } = (await answer.json()) as { messages: { id: string; from: string; text: string }[] }
      last = messages.at(-1)?.id ?? last
      return messages.filter((message) => message.from === 'bot').map((message) => message.text.replaceAll('*', ''))
    },
  }
}
