import { parseDate } from '../../models/identity/date.ts'
import { parseName } from '../../models/identity/name.ts'
import type { Cut, Label } from './cutting.ts'
import { isReasonAlone, readCitizenship, readReason } from './reason.ts'
import { classOf, wordsOf } from './vocabulary.ts'
import { isAnswerWord } from './words.ts'

/** What a piece of a pasted message can be. `kk` is compared with the NIK and not kept. */
export type PieceField = 'reason' | 'citizenship' | 'name' | 'nik' | 'kk' | 'birthDate' | 'class'
/**
 * `text` is as typed without its label, to be read by the field's own step; `value` is its canonical form (digits,
 * YYYY-MM-DD, reason code, citizenship, tidied name) or, where the step will refuse it, the text. `labelled`: "nama: Oke" binds.
 */
export type Piece = { field: PieceField; text: string; value: string; labelled: boolean }

const CLASS_SHAPE =
  /^(?:(?:\d{1,2}|[ivx]{1,4})\s?[-.]?\s?[a-h]\d?|(?:tk|kb|ra|paud)(?:\s?[-.]?\s?[a-d]\d?)?|(?:x|xi|xii)\s+(?:ipa|ips|mipa|bahasa|agama)(?:\s?\d)?)$/i
const CLASS_AT_END = /\s(\d{1,2}\s?[a-h]\d?|[ivx]{2,4}\s[a-h]|(?:tk|paud)\s[a-d])$/i
/** More than any name, reason and class together: such letters are a letter. */
const LONGEST_WORDS = 160
/** Words that stand in sentences to the office and in no name. */
const NOT_IN_NAMES = new Set(
  'kia ajukan pengajuan mengajukan daftar daftarkan buat buatkan bikin dibuatkan data datanya murid siswa siswi berikut berikutnya atas sekolah sdn sd smp smpn sma smk mi mts kami saya ini untuk kirim mengirim kartu keluarga akta akte foto ktp berkas dokumen bisa cek dicek kapan berapa kenapa bagaimana gimana apa apakah jadi tanggal lahir yang yg di ke dari dan atau dengan nya file lampiran terlampir tahun kelas nik nomor status antrean hp wa telp kontak no laki-laki laki perempuan agama protestan katolik hindu buddha khonghucu wni wna indonesia tanya bertanya ada belum sudah minta bantu cara syarat syaratnya persyaratan lama cepat besok'.split(
    ' ',
  ),
)
/** Words of sentences and of columns that stand in names, too (Anak Agung, Nurul Islam): alone they are no name. */
const NO_NAME_ALONE = new Set(['anak', 'islam', 'kristen'])

/**
 * Walks the cuts in order: labels bind what follows, shapes tell the rest; places and strangers' values fall away.
 * `named` is true where the pupil's name is known, so that letters right before a date can only be a place.
 */
export function findPieces(cuts: readonly Cut[], named: boolean): readonly Piece[] {
  const found: Piece[] = []
  let label: Label | undefined
  let reach = 0
  let namesSinceDate = named ? 1 : 0
  for (const [i, cut] of cuts.entries()) {
    const next = cuts[i + 1]
    if (label !== undefined && cut.line > reach) label = undefined
    if (cut.shape === 'label') {
      label = cut.label
      // a label alone on its line binds the next one ("NIK:" and the number below)
      reach = next === undefined ? cut.line : next.line
      continue
    }
    if (label === 'other') {
      label = undefined
      continue
    }
    if (cut.shape === 'number') {
      const labelled = label === 'kk' || label === 'nik'
      found.push({ field: label === 'kk' ? 'kk' : 'nik', text: cut.text, value: digits(cut.text), labelled })
      label = undefined
    } else if (cut.shape === 'date') {
      const read = parseDate(cut.text)
      const value = read.ok ? read.value : cut.text
      found.push({ field: 'birthDate', text: cut.text, value, labelled: label === 'birthDate' })
      label = undefined
      namesSinceDate = 0
    } else if (label !== 'birthDate' || next?.shape !== 'date') {
      for (const piece of readWords(cut.text, label)) {
        const place = piece.field === 'name' && !piece.labelled && namesSinceDate > 0 && next?.shape === 'date'
        if (piece.field === 'name') namesSinceDate += 1
        if (!place) found.push(piece)
      }
      if (label !== 'birthDate') label = undefined
    }
  }
  return found
}

function readWords(text: string, label: Label | undefined): readonly Piece[] {
  if (label === 'class') return [{ field: 'class', text, value: tidyClass(text), labelled: true }]
  if (label === 'nik' || label === 'kk') {
    const typed = digits(text)
    const enough = label === 'nik' ? /\d/.test(typed) : typed.length > 9
    return enough ? [{ field: label, text, value: typed, labelled: true }] : []
  }
  if (label === 'citizenship') return statusIn(text, true)
  if (label === 'reason') return reasonIn(text, true)
  if (text.length > LONGEST_WORDS) return []
  if (CLASS_SHAPE.test(text)) return [{ field: 'class', text, value: tidyClass(text), labelled: false }]
  const group = CLASS_AT_END.exec(text)?.[1]
  const before = group === undefined ? '' : text.slice(0, -group.length).trim()
  if (group !== undefined && /\p{L}{2}/u.test(before)) {
    return [...readWords(before, label), { field: 'class', text: group, value: tidyClass(group), labelled: false }]
  }
  if (label === undefined && isReasonAlone(text)) return reasonIn(text, false)
  if (label !== 'name' && !looksLikeName(text)) return []
  const read = parseName(text)
  // the label goes with the text, so that the name's own step lets "Oke" pass
  if (label === 'name')
    return [{ field: 'name', text: `nama: ${text}`, value: read.ok ? read.value : text, labelled: true }]
  return read.ok ? [{ field: 'name', text: read.value, value: read.value, labelled: false }] : []
}

/** "hilang, anak WNA" are two answers, "anak WNA" is one that names no reason. */
function reasonIn(text: string, labelled: boolean): readonly Piece[] {
  const reason = readReason(text)
  const status = statusIn(text, labelled)
  if (reason === undefined && readCitizenship(text) !== undefined) return status
  return [{ field: 'reason', text, value: reason ?? text, labelled }, ...status]
}

function statusIn(text: string, labelled: boolean): readonly Piece[] {
  const value = readCitizenship(text)
  return value === undefined ? [] : [{ field: 'citizenship', text, value, labelled }]
}

/** Letters that may be a person's name and are no sentence, no column and no answer. */
export function looksLikeName(text: string): boolean {
  if (!/^[\p{L}\s.'’‘`´-]+$/u.test(text) || !/\p{L}{2}/u.test(text)) return false
  const words = wordsOf(text)
  if (words.length === 0 || isAnswerWord(text)) return false
  const strange = words.some((word) => NOT_IN_NAMES.has(word))
  return !strange && words.some((word) => !NO_NAME_ALONE.has(word) && classOf(word, true) === undefined)
}

/** `vii b` → `VII B`; spaces single. */
export function tidyClass(text: string): string {
  const plain = text.replaceAll(/\s+/g, ' ').trim()
  return CLASS_SHAPE.test(plain) ? plain.toUpperCase() : plain
}

function digits(text: string): string {
  // Excel's damage stays visible, so that the step can name it
  return /e/i.test(text) ? text : text.replaceAll(/\D/g, '')
}
