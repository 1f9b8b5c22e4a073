/** What an operator has typed about a case: it outlives a lost claim, an ended session and a closed panel. */
type Draft = {
  reasons: readonly string[]
  note: string
  /** For colleagues; apart from `note`, which the school may read. */
  remark: string
  /** Values that were to be put right, as far as they were typed when the claim went. */
  values: Readonly<Partial<Record<CorrectField, string>>>
}

/** What may be put right in a case. */
export type CorrectField = 'nik' | 'name' | 'birthDate' | 'kk' | 'class'
export const correctName: Record<CorrectField, string> = {
  nik: 'NIK',
  name: 'Nama lengkap',
  birthDate: 'Tanggal lahir',
  kk: 'Nomor KK',
  class: 'Kelas',
}

const EMPTY: Draft = { reasons: [], note: '', remark: '', values: {} }
const drafts = new Map<string, Draft>()

/** Kept in memory only: notes are about people, and the machine may be shared. */
export const draftOf = (application: string): Draft => drafts.get(application) ?? EMPTY
export const keepDraft = (application: string, draft: Draft): void => void drafts.set(application, draft)
/** All that was typed, as one text. */
export function typedIn({ note, remark, values }: Draft): string {
  const lines = Object.entries(values).map(([field, value]) => `${correctName[field as CorrectField]}: ${value}`)
  return [note, remark, ...lines].filter((text) => text !== '').join('\n')
}
export const dropDraft = (application: string): void => void drafts.delete(application)
