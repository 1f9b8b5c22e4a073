import { parseTicket } from '../../models/application/ticket.ts'
import { sameWord, wordsOf } from './vocabulary.ts'

export type GlobalWord =
  | 'MENU'
  | 'AJUKAN'
  | 'KEMBALI'
  | 'BATAL'
  | 'STATUS'
  | 'DRAF'
  | 'PERBAIKI'
  | 'PENGADUAN'
  | 'PETUGAS'
  | 'BERHENTI'
  | 'MULAI'
  | 'BANTUAN'
/** `wrongTicket`: something like a ticket number stood there, but its check digit is wrong. */
export type GlobalReading = { word: GlobalWord; ticket?: string; wrongTicket?: string; note?: string }

const SPOKEN: Record<GlobalWord, readonly string[]> = {
  MENU: ['menu', 'start'],
  AJUKAN: ['ajukan', 'ajukan kia', 'pengajuan'],
  KEMBALI: ['kembali', 'balik'],
  BATAL: ['batal', 'batalkan', 'cancel'],
  STATUS: ['status', 'cek status'],
  DRAF: ['draf', 'draft'],
  PERBAIKI: ['perbaiki', 'perbaikan'],
  PENGADUAN: ['pengaduan', 'aduan'],
  PETUGAS: ['petugas'],
  BERHENTI: ['berhenti', 'stop'],
  MULAI: ['mulai'],
  BANTUAN: ['bantuan', 'bantu', 'help'],
}
const PHRASES = (Object.entries(SPOKEN) as [GlobalWord, readonly string[]][]).map(
  ([word, phrases]) => [word, phrases.map((phrase) => phrase.split(' '))] as const,
)
const WITH_TICKET = new Set<GlobalWord>(['STATUS', 'PERBAIKI', 'BATAL'])
const BEFORE_TICKET = new Set(['nomor', 'no', 'antrean', 'tiket'])
const START = /^\s*(?:\/start(?:@\w+)?(?:\s+(\S{1,64}))?|undangan\s+([a-z]{4}-?\d{4}))\s*$/i
const TICKET_LIKE = /^\p{L}?\s?\d{3,}[\s.–-]?\d?$/u

/**
 * A global word as the whole message; STATUS, PERBAIKI, BATAL may carry a ticket, PETUGAS a note. `/start` is MENU.
 * `exact` forgives no letter: for questions whose answer is a name (Mulia is not MULAI).
 */
export function readGlobal(text: string, options: { exact?: boolean } = {}): GlobalReading | undefined {
  if (START.test(text)) return { word: 'MENU' }
  const plain = text.replace(/^\s*\/(?=\p{L})/u, '')
  const exact = readAs(plain, true)
  if (exact.length > 0 || options.exact) return exact[0]
  const near = readAs(plain, false)
  // one letter from two of them ("pengauan"): neither
  return near.length === 1 ? near[0] : undefined
}

function readAs(text: string, exact: boolean): readonly GlobalReading[] {
  const words = wordsOf(text)
  return PHRASES.flatMap(([word, phrases]) => {
    const said = phrases.filter((parts) => parts.every((part, i) => sameWord(words[i] ?? '', part, exact)))
    if (said.some((parts) => parts.length === words.length)) return [{ word }]
    const [parts] = said
    const reading = parts && readRest(word, text, words.slice(parts.length))
    return reading ? [reading] : []
  })
}

/** What may stand behind a global word: a ticket, or a note to the officers. */
function readRest(word: GlobalWord, text: string, rest: readonly string[]): GlobalReading | undefined {
  if (WITH_TICKET.has(word)) {
    const named = rest.filter((part) => !BEFORE_TICKET.has(part)).join(' ')
    const ticket = parseTicket(named)
    if (ticket !== undefined) return { word, ticket }
    return TICKET_LIKE.test(named) ? { word, wrongTicket: named.toUpperCase() } : undefined
  }
  const [first = '', ...others] = text.trim().split(/[\s,;:.!?]+/)
  if (word !== 'PETUGAS' || others.length === 0 || !wordsOf(first).some((part) => sameWord(part, 'petugas')))
    return undefined
  return {
    word,
    note: text
      .trim()
      .replace(/^\S+?[\s,;:.!?]+/, '')
      .trim(),
  }
}

/** The invitation code of Telegram's `/start CODE`, or of `UNDANGAN CODE`, which a wa.me link types. */
export function startPayload(text: string): string | undefined {
  const found = START.exec(text)
  return found?.[1] ?? found?.[2]
}
