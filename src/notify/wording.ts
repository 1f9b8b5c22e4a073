import type { Office, ReturnReason } from '../config/office-schema.ts'
import { formatDate } from '../models/identity/date.ts'
import { maskNik } from '../models/identity/identity.ts'
import type { NoticeEvent } from './rules.ts'
import { sayNotice } from './texts.ts'
import type { NoticeText } from './texts.ts'

/** What the text of one event needs, as it was when the event happened. Never a NIK. */
export type NoticeContent = {
  event: NoticeEvent
  name: string
  ticket: string
  /** Codes of the office file. */
  reasons: readonly string[]
  note?: string
  /** Names of the values that were corrected. */
  fields?: readonly string[]
  /** Reminders: given up on that day, `YYYY-MM-DD`. */
  date?: string
}
/** What the office says beside the events themselves. */
export type NoticePlace = { office: Office; school: string; hours: string }

const ORDER: readonly NoticeEvent[] = [
  'returned',
  'remind_returned',
  'rejected',
  'expired',
  'cancelled',
  'corrected',
  'resumed',
  'reprinted',
  'ready',
  'handed_over',
]
const ONE: Record<NoticeEvent, NoticeText> = {
  returned: 'noticeReturned',
  remind_returned: 'noticeRemindReturned',
  rejected: 'noticeRejected',
  expired: 'noticeExpired',
  cancelled: 'noticeCancelled',
  corrected: 'noticeCorrected',
  resumed: 'noticeResumed',
  ready: 'noticeReady',
  reprinted: 'noticeReprinted',
  handed_over: 'noticeHandedOver',
}
const MANY: Record<NoticeEvent, NoticeText> = {
  returned: 'noticeReturnedMany',
  remind_returned: 'noticeRemindReturnedMany',
  rejected: 'noticeRejectedMany',
  expired: 'noticeExpiredMany',
  cancelled: 'noticeCancelledMany',
  corrected: 'noticeCorrectedMany',
  resumed: 'noticeResumedMany',
  ready: 'noticeReadyMany',
  reprinted: 'noticeReprintedMany',
  handed_over: 'noticeHandedOverMany',
}
const FIELDS: Readonly<Record<string, NoticeText>> = {
  name: 'noticeFieldName',
  nik: 'noticeFieldNik',
  birthDate: 'noticeFieldBirthDate',
  class: 'noticeFieldClass',
  kk: 'noticeFieldKk',
}

/** Conversation design, principle 2. */
const LONGEST = 600
const NAME_IN_ROWS = 24
const LONGEST_NOTE = 200
/** What is left out, one after the other, until the message is short enough. */
type Detail = { notes: boolean; fixes: boolean; rows: number; reasons: number }
const DETAILS: readonly Detail[] = [
  { notes: true, fixes: true, rows: 40, reasons: 26 },
  { notes: false, fixes: true, rows: 40, reasons: 26 },
  { notes: false, fixes: false, rows: 40, reasons: 26 },
  { notes: false, fixes: false, rows: 10, reasons: 10 },
  { notes: false, fixes: false, rows: 5, reasons: 10 },
  { notes: false, fixes: false, rows: 3, reasons: 10 },
  { notes: false, fixes: false, rows: 1, reasons: 10 },
]

/**
 * One message about all `contents`, which stand in the order in which they happened: a paragraph for each kind of event,
 * what the school has to do first.
 */
export function wordNotice(place: NoticePlace, all: readonly NoticeContent[]): string {
  const contents = oneCorrectionEach(all)
  let text = ''
  for (const detail of DETAILS) {
    text = ORDER.flatMap((event) => {
      const same = contents.filter((content) => content.event === event)
      return same.length === 0 ? [] : [paragraph(place, event, same, detail)]
    }).join('\n\n')
    if (text.length <= LONGEST) break
  }
  return text
}

/** What was put right of one pupil at several times is one row. */
function oneCorrectionEach(all: readonly NoticeContent[]): readonly NoticeContent[] {
  const corrections = Map.groupBy(
    all.filter(({ event }) => event === 'corrected'),
    ({ ticket }) => ticket,
  )
  return all.flatMap((content) => {
    if (content.event !== 'corrected') return [content]
    const same = corrections.get(content.ticket) ?? []
    // the latest has the name as it is now
    return same.at(-1) === content ? [{ ...content, fields: same.flatMap(({ fields = [] }) => fields) }] : []
  })
}

function paragraph(place: NoticePlace, event: NoticeEvent, same: readonly NoticeContent[], detail: Detail): string {
  const { office, school, hours } = place
  const [first] = same
  if (!first) return ''
  const common = { school, hours, place: office.identity.pickupPlace, count: same.length, ticket: first.ticket }
  if (same.length > 1) {
    return sayNotice(office, MANY[event], {
      ...common,
      rows: cutList(office, same, detail.rows, '\n', (content) => row(office, content, detail)),
      tickets: cutList(office, same, detail.rows, ', ', ({ ticket }) => ticket),
    })
  }
  const note = detail.notes ? noteOf(office, first) : ''
  return sayNotice(office, event === 'returned' ? returnedText(office, first) : ONE[event], {
    ...common,
    name: first.name,
    reasons: reasonsOf(office, first, detail) + (note === '' ? '' : ` ${note}`),
    fields: fieldsOf(office, first),
    date: first.date === undefined ? '' : formatDate(first.date),
  })
}

/** `*B417-6* Ahmad Fikri Contoh: Pas foto buram; foto ulang di tempat terang.` */
function row(office: Office, content: NoticeContent, detail: Detail): string {
  const head = `*${content.ticket}* ${content.name.slice(0, NAME_IN_ROWS)}`.trim()
  const what = [
    reasonsOf(office, content, detail),
    fieldsOf(office, content),
    content.date === undefined ? '' : formatDate(content.date),
    detail.notes ? noteOf(office, content) : '',
  ].filter((part) => part !== '')
  return what.length === 0 ? head : `${head}: ${what.join(' ')}`
}

function cutList(
  office: Office,
  all: readonly NoticeContent[],
  most: number,
  between: string,
  say: (content: NoticeContent) => string,
): string {
  const shown = all.slice(0, most).map((content) => say(content))
  if (all.length > most) shown.push(sayNotice(office, 'noticeMore', { count: all.length - most }))
  return shown.join(between)
}

/** Who has to act decides how the message ends: the school by PERBAIKI, a parent somewhere, or nobody but the office. */
function returnedText(office: Office, { reasons }: NoticeContent): NoticeText {
  const who = new Set(reasons.map((code) => reasonOf(office, code)?.who ?? 'school'))
  if (who.has('school') || who.size === 0) return 'noticeReturned'
  return who.has('parent') ? 'noticeReturnedParent' : 'noticeReturnedOffice'
}

/** `1 Pas foto buram; foto ulang di tempat terang. 2 KK terpotong; foto seluruh lembar.` A single one has no number. */
function reasonsOf(office: Office, { reasons }: NoticeContent, detail: Detail): string {
  const said = reasons.slice(0, detail.reasons).map((code) => {
    const reason = reasonOf(office, code)
    if (!reason) return code
    return detail.fixes ? `${reason.label}; ${fixOf(reason)}` : reason.label
  })
  const shown = said.map((text, i) => `${said.length > 1 ? `${i + 1} ` : ''}${text}.`)
  // PERBAIKI asks for all of them
  if (reasons.length > said.length)
    shown.push(sayNotice(office, 'noticeMoreReasons', { count: reasons.length - said.length }))
  return shown.join(' ')
}

/** Who must act is in the sentence: parents are named with the place where they have to go. */
function fixOf({ fix, who, place }: ReturnReason): string {
  const doer = who === 'parent' && !/orang tua|wali/i.test(fix) ? `orang tua: ${fix}` : fix
  return who === 'parent' && place !== undefined ? `${doer} (${place})` : doer
}
function reasonOf(office: Office, code: string): ReturnReason | undefined {
  return office.returnReasons.find((reason) => reason.code === code)
}

/** An officer's own words, without the numbers that no notice may carry. */
function noteOf(office: Office, { note }: NoticeContent): string {
  if (note === undefined || note.trim() === '') return ''
  const plain = note
    .replaceAll(/[*\s]+/g, ' ')
    .replaceAll(/\d(?:[ .-]?\d){15}/g, (number) => maskNik(number.replaceAll(/\D/g, '')))
    .trim()
  const short = plain.length > LONGEST_NOTE ? `${plain.slice(0, LONGEST_NOTE - 1).trimEnd()}…` : plain
  return sayNotice(office, 'noticeNote', { note: /[.!?…]$/.test(short) ? short : `${short}.` })
}
function fieldsOf(office: Office, { fields = [] }: NoticeContent): string {
  const named = fields.map((field) => sayNotice(office, FIELDS[field] ?? 'noticeFieldOther', {}))
  return [...new Set(named)].join(', ')
}
