import type { CaseDocument } from '../client/case.ts'

type Kind = CaseDocument['kind']

const names: Record<Kind, { full: string; short: string }> = {
  birth_certificate: { full: 'Akta kelahiran', short: 'Akta' },
  family_card: { full: 'Kartu Keluarga', short: 'KK' },
  eid_card: { full: 'KTP-el orang tua', short: 'KTP-el' },
  child_card: { full: 'KIA lama', short: 'KIA' },
  letter: { full: 'Surat', short: 'Surat' },
  passport: { full: 'Paspor', short: 'Paspor' },
  stay_permit: { full: 'ITAP orang tua', short: 'ITAP' },
  portrait: { full: 'Pas foto', short: 'Foto' },
  other: { full: 'Lampiran', short: 'Lain' },
}

/** All kinds in the order in which a case shows them, with the letter that chooses each. */
export const KINDS: readonly (readonly [Kind, string])[] = [
  ['birth_certificate', 'A'],
  ['family_card', 'K'],
  ['eid_card', 'T'],
  ['child_card', 'I'],
  ['letter', 'S'],
  ['passport', 'P'],
  ['stay_permit', 'Z'],
  ['portrait', 'F'],
  ['other', 'L'],
]

/** The name of a kind of document. */
export const kindName = (kind: Kind, form: 'full' | 'short' = 'short'): string => names[kind][form]

/** The name of a document, with its page where the kind has several: `Kartu Keluarga, halaman 2`. */
export function documentName(document: CaseDocument, all: readonly CaseDocument[], form: 'full' | 'short'): string {
  const name = names[document.kind][form]
  const several = all.filter((one) => one.kind === document.kind && one.supersededAt === undefined).length > 1
  if (!several) return name
  return form === 'full' ? `${name}, halaman ${document.page}` : `${name} ${document.page}`
}

/** What the sender did to the message later, as a mark on the document. */
export const senderChangeName: Record<NonNullable<CaseDocument['senderChange']>['kind'], string> = {
  deleted: 'Dihapus pengirim',
  edited: 'Diubah pengirim',
}
