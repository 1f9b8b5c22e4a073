import type { HistoryView } from '../../contract/application.ts'
import type { DeliveryView } from '../../contract/delivery.ts'
import { doubtWords } from './doubt.ts'
import { findingShort } from './finding.ts'
import { stageName } from './stage.ts'
import { birthDay } from './time.ts'

const fields: Record<string, string> = {
  name: 'Nama',
  nik: 'NIK',
  birthDate: 'Tanggal lahir',
  class: 'Kelas',
  kk: 'Nomor KK',
}
/** The name of a value in the pupil's data. */
export const fieldName = (field: string): string => fields[field] ?? field

/** One side of a change, as people read it. */
export const changedValue = ({ field }: { field: string }, value: string | undefined): string => {
  if (value === undefined) return 'kosong'
  return field === 'birthDate' ? birthDay(value) : value
}

function correctedLine({ subject, moved, examined }: HistoryView): string {
  if (subject === 'note') return 'Catatan petugas'
  if (examined) return `Temuan ${examined.again ? 'dibuka lagi' : 'diperiksa'}: ${findingShort(examined)}`
  if (subject === 'portrait') return 'Foto diedit'
  if (subject !== 'files') return 'Data dibetulkan'
  return moved?.some((one) => one.to === undefined) ? 'Berkas dipindahkan ke murid lain' : 'Berkas dipilah'
}

/** What happened, as one line. `labels` names the reasons' codes. */
export function historyLine(entry: HistoryView, labels: ReadonlyMap<string, string>): string {
  const reasons = (entry.reasons ?? []).map((code) => labels.get(code) ?? code)
  const because = reasons.length > 0 ? `: ${reasons.join('; ')}` : ''
  switch (entry.action) {
    case 'submit':
      return 'Masuk antrean'
    case 'claim':
      return `Diambil untuk ${stageName[entry.from].toLowerCase()}`
    case 'release':
      return `Dilepas${because}`
    case 'expire':
      return 'Waktu klaim habis'
    case 'approve':
      return `Disetujui, ke ${stageName[entry.to]}${entry.despite ? `, setelah dipastikan: ${doubtWords(entry.despite)}` : ''}`
    case 'return':
      return `Dikembalikan ke sekolah${because}`
    case 'resubmit':
      return 'Perbaikan diterima'
    case 'propose_reject':
      return `Diusulkan ditolak${because}`
    case 'put_back':
      return 'Dikembalikan ke antrean'
    case 'reject':
      return `Ditolak${because}`
    case 'cancel':
      return 'Dibatalkan'
    case 'attach':
      return 'Berkas ditambahkan'
    case 'request':
      return 'Permintaan sekolah'
    case 'correct':
      return correctedLine(entry)
    case 'undo':
      return 'Diurungkan'
    case 'misprint':
      return `Salah cetak${because}`
    case 'move_front':
      return `Didahulukan${because}`
    case 'reassign':
      return `Klaim dialihkan ke ${entry.holder?.name ?? 'operator lain'}`
    case 'hand_over':
      return 'Diserahkan ke sekolah'
    case 'receive':
      return 'Diterima'
    case 'remind':
      return 'Sekolah diingatkan'
    case 'purge':
      return 'Data pribadi dihapus'
  }
}

const deliveryStateName: Record<DeliveryView['state'], string> = {
  queued: 'Menunggu dikirim',
  sending: 'Sedang dikirim',
  sent: 'Terkirim',
  delivered: 'Sampai',
  read: 'Dibaca',
  failed: 'Gagal',
}

const failureName: Record<NonNullable<DeliveryView['failure']>, string> = {
  unreachable: 'tidak terhubung',
  throttled: 'dibatasi sementara',
  blocked: 'diblokir penerima',
  rejected: 'ditolak saluran',
  misconfigured: 'saluran dimatikan atau belum disetel',
}

/** `Menunggu dikirim, tidak terhubung, 3 kali dicoba`: how a message stands, and what keeps it. */
export function deliveryState({ state, failure, parked, givenUp, attempts }: DeliveryView): string {
  return [
    deliveryStateName[state],
    parked ? 'kabar dimatikan sekolah' : failure && failureName[failure],
    givenUp && 'tidak dikirim lagi',
    attempts > 1 && `${attempts} kali dicoba`,
  ]
    .filter((part) => typeof part === 'string')
    .join(', ')
}

const events: Record<string, string> = {
  returned: 'Kabar dikembalikan',
  rejected: 'Kabar ditolak',
  corrected: 'Kabar data dibetulkan',
  ready: 'Kabar siap diambil',
  reprinted: 'Kabar dicetak ulang',
  handed_over: 'Kabar diserahkan',
  cancelled: 'Kabar dibatalkan',
  resumed: 'Kabar diproses kembali',
  expired: 'Kabar batas waktu habis',
}

/** What a message to the school was about; one without an event is the conversation's own answer. */
export const eventName = (event: string | undefined): string =>
  event === undefined ? 'Jawaban bot' : (events[event] ?? 'Kabar ke sekolah')

/** An entry as the history shows it; `idle`: so many claims, this the latest, ran out with nothing done. */
type ShownEntry = { entry: HistoryView; idle?: number }

/**
 * The history, the latest first. Claims that ran out one after the other are one line: a case that waits is taken ahead
 * again and again, and what was done would drown in it.
 */
export function shownHistory(history: readonly HistoryView[]): ShownEntry[] {
  const shown: ShownEntry[] = []
  for (const entry of history) {
    const [earlier, before] = [shown.at(-2), shown.at(-1)]
    if (entry.action !== 'expire' || before?.entry.action !== 'claim' || before.idle !== undefined) {
      shown.push({ entry })
      continue
    }
    const idle = { entry: before.entry, idle: (earlier?.idle ?? 0) + 1 }
    shown.splice(earlier?.idle === undefined ? -1 : -2, 2, idle)
  }
  return shown.toReversed()
}
