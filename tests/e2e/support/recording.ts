import { ApplicationView } from '../../../src/admin/contract/application.ts'
import { InvitationMade } from '../../../src/admin/contract/school.ts'
import type { FakeBotApi } from '../../servers/fake-bot-api.ts'
import { buttonsOf } from '../../servers/fake-bot-people.ts'
import type { DialogueStep } from './dialogue.ts'
import type { Api } from './operator.ts'
import { samplePage } from './pupil.ts'
import { until } from './service.ts'

/** One step of a dialogue and what the chat showed of it, without what another day would say otherwise. */
export type Recorded = { did: DialogueStep; heard: { text: string; choices?: string[] }[] }

const NPSN = '69888801'
const CHAT = 771_000_001
/** A bag of files closes after two seconds, a notice goes after five; the rest is a busy machine. */
const WAIT_MS = 60_000
const UNREADABLE = {
  sticker: { sticker: { file_id: 's', file_unique_id: 's', type: 'regular', width: 1, height: 1 } },
  voice: { voice: { file_id: 'v', file_unique_id: 'v', duration: 2 } },
  location: { location: { latitude: -2.3, longitude: 115.5 } },
} as const

/** A school that is nobody's sample, so that its coordinators are asked for an invitation; gives the code. */
export async function invite(api: Api): Promise<string> {
  await api('PUT', `/api/schools/${NPSN}`, { name: 'SDN Rekaan 1', kecamatan: 'Paringin', enrolled: 120 })
  const made = await api('POST', `/api/schools/${NPSN}/invitations`, {})
  return InvitationMade.parse(made.body).code
}

/**
 * Does each step once the one before it is answered, and gives back all that the chat showed. Throws where an answer
 * does not come; what comes unasked stands with the next step, or is missed by the caller in `platform.sent`.
 */
export async function record(
  dialogue: readonly DialogueStep[],
  { platform, office, code }: { platform: FakeBotApi; office: Api; code: string },
): Promise<Recorded[]> {
  const person = platform.person(CHAT)
  const names = createNames()
  const filled = (text: string): string => names.real(text.replace('{kode}', code))
  const recorded: Recorded[] = []
  let seen = 0

  async function act(step: DialogueStep): Promise<void> {
    if ('text' in step) person.text(filled(step.text))
    else if ('tap' in step) person.tap(step.tap)
    else if ('album' in step) person.album(await Promise.all(step.album.map((name) => samplePage(name))))
    else if ('document' in step) person.document(await samplePage(step.document), step.caption)
    else if ('photo' in step) person.photo((await samplePage('')).bytes)
    else if ('unreadable' in step) person.say(UNREADABLE[step.unreadable])
    else if ('contact' in step) person.contact(step.contact)
    else if ('repeat' in step) person.repeat()
    else await giveBack(office, filled(step.returned), step.reasons)
  }

  for (const [i, did] of dialogue.entries()) {
    await act(did)
    const answers = did.answers ?? 1
    const what = `the answer to step ${i + 1}, ${JSON.stringify(did)}`
    await until(() => platform.updates.pending === 0 && person.heard().length >= seen + answers, WAIT_MS, what)
    const heard = person.heard().slice(seen, seen + answers)
    seen += answers
    recorded.push({
      did,
      heard: heard.map(({ raw, markup }) => {
        const choices = buttonsOf(markup).map((button) => names.told(button.text))
        return { text: names.told(raw), ...(choices.length > 0 && { choices }) }
      }),
    })
  }
  return recorded
}

/** The first in the queue is claimed, and has to be the one with this ticket. */
async function giveBack(office: Api, ticket: string, reasons: readonly string[]): Promise<void> {
  const claimed = await office('POST', '/api/queue/claim', { requestId: `return-${ticket}` })
  if (claimed.status !== 200) throw new Error(`the claim was answered ${claimed.status}`)
  const held = ApplicationView.parse(claimed.body)
  if (held.ticket !== ticket) throw new Error(`${held.ticket} was claimed before ${ticket}`)
  const decision = { token: held.claim?.token, action: 'return', reasons, transactionId: `return-${held.id}` }
  const { status } = await office('POST', `/api/applications/${held.id}/decisions`, decision)
  if (status !== 200) throw new Error(`the return was answered ${status}`)
}

const WEEKDAY = '(?:Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu)'
const MONTH = '(?:Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember)'
/** Birth dates lie before 2020 and stay: they are what was said. */
const DATE = `\\d{1,2} ${MONTH} 20[2-9]\\d`
/** What is another from run to run or from day to day, in the order in which it is replaced. */
const VOLATILE: readonly (readonly [RegExp, string])[] = [
  [/(?<=perkiraan selesai <b>)[^<]+/g, '{perkiraan}'],
  [/(?<=Selamat )(?:pagi|siang|sore|malam)/g, '{waktu}'],
  [new RegExp(`${WEEKDAY}, ${DATE}, \\d\\d\\.\\d\\d–\\d\\d\\.\\d\\d WITA`, 'g'), '{jam kantor}'],
  [new RegExp(`(?:${WEEKDAY}, )?${DATE}`, 'g'), '{tanggal}'],
  [/(?<=, )\d\d\.\d\d WITA/g, '{jam}'],
]
/** Tickets, and the numbers of complaints and of calls for help. */
const NUMBER = /\b[A-Z]\d+-\d\b/g

/** Each number of the service gets a name by when it was first told, and keeps it. */
function createNames() {
  const names = new Map<string, string>()
  return {
    told(text: string): string {
      const plain = VOLATILE.reduce((left, [pattern, word]) => left.replaceAll(pattern, word), text)
      return plain.replaceAll(NUMBER, (number) => {
        const kind = number.length > 5 ? 'tiket' : 'nomor'
        const alike = [...names.values()].filter((name) => name.startsWith(`{${kind} `)).length
        const name = names.get(number) ?? `{${kind} ${alike + 1}}`
        names.set(number, name)
        return name
      })
    },
    real(text: string): string {
      return [...names].reduce((left, [number, name]) => left.replaceAll(name, number), text)
    },
  }
}
