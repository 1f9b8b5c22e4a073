import type { Multipart, MultipartFile } from '@fastify/multipart'
import { newId } from '../../models/store/ids.ts'
import type { WebchatFile } from '../../models/chat/webchat.ts'
import { WebchatProblem } from './problem.ts'

/** Where files wait between the upload and their download by the media job. Ids are ours. */
export type Holding = {
  put(id: string, bytes: Uint8Array): Promise<unknown>
  get(id: string): Promise<Buffer | undefined>
  delete(id: string): Promise<void>
}

export const FILE_BYTES = 20 * 1024 * 1024
/** Far above what a turn takes: the conversation says what is over its limit, in a sentence. */
export const MAX_FILES = 200
export const MAX_TEXT = 10_000

export type Upload = { id?: string; text: string; files: WebchatFile[] }

/**
 * Reads one multipart message (fields `id`, `text`, files `files`), keeping each file as it comes. Throws
 * `WebchatProblem`, or what the framework refuses by a status; then nothing stays kept.
 */
export async function readUpload(parts: AsyncIterable<Multipart>, holding: Holding): Promise<Upload> {
  const upload: Upload = { text: '', files: [] }
  try {
    for await (const part of parts) {
      if (part.type === 'file') {
        const file = await keep(part, holding)
        if (file) upload.files.push(file)
      } else if (part.fieldname === 'text') upload.text = fieldText(part)
      else if (part.fieldname === 'id') upload.id = fieldText(part)
    }
    return upload
  } catch (error) {
    await discard(upload.files, holding)
    if (error instanceof WebchatProblem || (error instanceof Error && 'statusCode' in error)) throw error
    // the parser says no more than that the body is none, or ends early
    throw new WebchatProblem('malformed', 'not a whole multipart body', error)
  }
}

/** Lets go of files that belong to no message. */
export async function discard(files: readonly WebchatFile[], holding: Holding): Promise<void> {
  for (const { ref } of files) if (ref !== undefined) await holding.delete(ref)
}

async function keep(part: MultipartFile, holding: Holding): Promise<WebchatFile | undefined> {
  if (part.fieldname !== 'files') {
    part.file.resume()
    throw new WebchatProblem('invalid', 'files go into the field "files"')
  }
  const pieces: Buffer[] = []
  for await (const piece of part.file) pieces.push(piece)
  const bytes = Buffer.concat(pieces)
  // what a browser sends for a file input that was left empty
  if (bytes.length === 0 && part.filename === '') return undefined
  const file = { name: safeName(part.filename), mediaType: part.mimetype.slice(0, 100) }
  // passed the limit: known by its name, with nothing kept to open
  if (part.file.truncated) return file
  const ref = `webchat-${newId()}`
  try {
    await holding.put(ref, bytes)
  } catch (error) {
    throw new WebchatProblem('internal', undefined, error)
  }
  return { ...file, ref, bytes: bytes.length }
}

/** A name to show, never to open: no folders, no control characters, at most 200 characters. */
function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  return last.replaceAll(/\p{C}/gu, '').slice(0, 200) || 'berkas'
}

function fieldText(part: Extract<Multipart, { type: 'field' }>): string {
  if (part.valueTruncated) throw new WebchatProblem('too-large', `the field "${part.fieldname}" is too long`)
  return String(part.value)
}
