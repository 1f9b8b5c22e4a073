import type { Office } from '../../config/office-schema.ts'
import type { DocumentKind, Stage } from '../../models/application/application.ts'
import type { FileFailure } from '../../models/chat/turn.ts'
import { id } from './id.ts'
import type { TextName } from './id.ts'

export type Values = Readonly<Record<string, string | number>>

/** Names in an office's `texts` that the bot does not have: misspelt, or of an older version. */
export function unknownTexts(office: Pick<Office, 'texts'>): string[] {
  return Object.keys(office.texts).filter((name) => !Object.hasOwn(id, name))
}

/** The text `name` in this office's words. Names in braces without a value stay: they are filled after the effect. */
export function say(office: Office, name: TextName, values: Values = {}): string {
  const all: Values = {
    service: office.identity.service,
    office: office.identity.shortName,
    complaintsLink: office.identity.complaintsLink,
    certificateService: office.identity.birthCertificateService ?? '',
    ...values,
  }
  return template(office, name).replaceAll(/\{(\w+)\}/g, (whole, key: string) => {
    const value = Object.hasOwn(all, key) ? all[key] : undefined
    return value === undefined ? whole : plain(String(value))
  })
}

/** What a document kind is called in lists: `akta`, `KK`. */
export function kindName(office: Office, kind: DocumentKind): string {
  return say(office, `kind_${kind}`)
}

/** What a stage is called in front of schools: `verifikasi`. Also fills `{stage}` of a reply. */
export function stageName(office: Office, stage: Stage): string {
  return say(office, `stage_${stage}`)
}

/** What a school is told of a finding, and how to do better; undefined for what only operators look at. */
export function findingText(code: string): TextName | undefined {
  return Object.hasOwn(id, code) ? (code as TextName) : undefined
}

/** By the place that a file has among the pupil's, and where nobody has said whose it is. */
const FAILURES: Readonly<Partial<Record<FileFailure, { placed: TextName; loose: TextName }>>> = {
  'too-big': { placed: 'fileTooBig', loose: 'looseTooBig' },
  'unsupported-type': { placed: 'fileType', loose: 'looseType' },
  empty: { placed: 'fileEmpty', loose: 'looseEmpty' },
}

/** What a school is told of a file that could not be taken; our own failure where nothing is wrong with the file. */
export function failureText(failure: FileFailure | undefined): TextName {
  return (failure && FAILURES[failure]?.placed) ?? 'fileFailed'
}

/** The same of a file that nobody has said the pupil of: it has no place to be named by. */
export function looseFailureText(failure: FileFailure | undefined): TextName {
  return (failure && FAILURES[failure]?.loose) ?? 'looseFailed'
}

/** Sentences joined by spaces; a prompt with lines of its own stays as it is. */
export function join(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ')
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function template(office: Office, name: TextName): string {
  const own = Object.hasOwn(office.texts, name) ? office.texts[name] : undefined
  return own ?? id[name]
}

// What people typed must never be taken for a name that is filled in later, nor for bold.
const MARKS: Readonly<Record<string, string>> = { '{': '(', '}': ')' }
function plain(value: string): string {
  return value.replaceAll(/[{}]/g, (mark) => MARKS[mark] ?? mark)
}
