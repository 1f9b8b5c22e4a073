import { parseTicket } from '../../models/ticket.ts'
import { normalise, sameWord, wordsOf } from './vocabulary.ts'

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
const WITH_TICKET = new Set<GlobalWord>(['STATUS', 'PERBAIKI', 'BATAL'])
const START = /^\s*\/start(?:@\w+)?(?:\s+(\S{1,64}))?\s*$/i
const TICKET_LIKE = /^\p{L}?\s?\d{3,}[\s.–-]?\d?$/u

/**
 * A global word as the whole message; STATUS, PERBAIKI, BATAL may carry a ticket, PETUGAS a note. `/start` is MENU.
 * `exact` forgives no letter: for questions whose answer is a name (Mulia is not MULAI).
 */
export function readGlobal(text: string, options: { exact?: boolean } = {}): GlobalReading | undefined {
  if (START.test(text)) return { word: 'MENU' }
  const plain = text.replace(/^\s*\/(?=\p{L})/u, '')
  const words = wordsOf(plain)
  for (const [word, phrases] of Object.entries(SPOKEN) as [GlobalWord, readonly string[]][]) {
    for (const phrase of phrases) {
      const parts = phrase.split(' ')
      if (!parts.every((part, i) => sameWord(words[i] ?? '', part, options.exact))) continue
      if (words.length === parts.length) return { word }
      if (WITH_TICKET.has(word)) {
        const rest = words
          .slice(parts.length)
          .filter((w) => !['nomor', 'no', 'antrean', 'tiket'].includes(w))
          .join(' ')
        const ticket = parseTicket(rest)
        if (ticket !== undefined) return { word, ticket }
        if (TICKET_LIKE.test(rest)) return { word, wrongTicket: rest.toUpperCase() }
      }
      if (word === 'PETUGAS' && sameWord(normalise(plain).split(/[\s,;:.!?]+/)[0] ?? '', 'petugas', options.exact)) {
        return {
          word,
          note: plain
            .trim()
            .replace(/^\S+?[\s,;:.!?]+/, '')
            .trim(),
        }
      }
    }
  }
  return undefined
}

/** The invitation code of Telegram's `/start CODE`. */
export function startPayload(text: string): string | undefined {
  return START.exec(text)?.[1]
}
