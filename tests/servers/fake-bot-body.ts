import type { IncomingMessage } from 'node:http'
import busboy from 'busboy'

type UploadedFile = { name: string; mime: string; bytes: Buffer }
export type CallBody = { fields: Record<string, unknown>; files: Map<string, UploadedFile> }

/** Reads a call as the Bot API takes it: query, JSON or multipart; JSON inside of fields is opened. */
export async function readCall(request: IncomingMessage): Promise<CallBody> {
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://fake').searchParams)
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('multipart/')) return readMultipart(request, query)
  const pieces: Buffer[] = []
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece)
  const text = Buffer.concat(pieces).toString()
  return { fields: { ...query, ...(text ? (JSON.parse(text) as Record<string, unknown>) : {}) }, files: new Map() }
}

async function readMultipart(request: IncomingMessage, query: Record<string, unknown>): Promise<CallBody> {
  const fields: Record<string, unknown> = { ...query }
  const files = new Map<string, UploadedFile>()
  const parser = busboy({ headers: request.headers })
  parser.on('field', (name, value) => {
    fields[name] = /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value
  })
  parser.on('file', (field, stream, { filename, mimeType }) => {
    const pieces: Buffer[] = []
    stream.on('data', (piece: Buffer) => pieces.push(piece))
    stream.on('end', () => files.set(field, { name: filename ?? 'file', mime: mimeType, bytes: Buffer.concat(pieces) }))
  })
  await new Promise<void>((resolve, reject) => {
    parser.on('close', resolve)
    parser.on('error', reject)
    request.pipe(parser)
  })
  return { fields, files }
}

/**
 * What a person sees of a text with `parse_mode` HTML; undefined where the Bot API refuses it: an unknown tag, one that
 * is not closed, or a bare `<`.
 */
export function visibleText(html: string): string | undefined {
  const open: string[] = []
  let valid = true
  const text = html.replaceAll(/<(\/?)([^<>]*)>|</g, (_tag, slash: string | undefined, name: string | undefined) => {
    if (name === undefined || !['b', 'i', 'u', 's', 'code', 'pre'].includes(name)) valid = false
    else if (!slash) open.push(name)
    else if (open.pop() !== name) valid = false
    return ''
  })
  if (!valid || open.length > 0) return undefined
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}
