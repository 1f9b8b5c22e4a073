import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Log } from '../../config/log.ts'
import type { WebchatMessage } from '../../models/chat/webchat.ts'
import { problemOf, sendProblem, WebchatProblem } from './problem.ts'
import { discard, FILE_BYTES, MAX_FILES, MAX_TEXT, readUpload } from './upload.ts'
import type { Holding, Upload } from './upload.ts'

const JSON_BYTES = 128 * 1024
const UPLOAD_BYTES = MAX_FILES * FILE_BYTES

const Person = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
const MessageId = z.string().min(1).max(200)
const Text = z.string().max(MAX_TEXT)
const JsonMessage = z.object({ id: MessageId.optional(), text: Text })

export type WebchatRouteDeps = {
  holding: Holding
  log: Log
  /** Persists the message; `fresh` is false when the person has sent this id before. Throws when it cannot. */
  accept(person: string, upload: Upload): Promise<{ id: string; fresh: boolean }>
  after(person: string, id?: string): Promise<WebchatMessage[]>
}

/** The routes of design "Webchat" under `/demo/chat`, as a plugin; their errors are problem documents. */
export async function webchatRoutes(app: FastifyInstance, deps: WebchatRouteDeps): Promise<void> {
  await app.register(
    async (scope) => {
      await scope.register(multipart, {
        throwFileSizeLimit: false,
        limits: { fileSize: FILE_BYTES, files: MAX_FILES, fields: 20, fieldSize: JSON_BYTES, parts: MAX_FILES + 20 },
      })
      scope.setErrorHandler((error, request, reply) => {
        const problem = problemOf(error)
        if (problem.kind === 'internal' || problem.kind === 'unavailable') {
          deps.log.error({ err: error, request: request.id }, 'webchat request failed')
        }
        return sendProblem(reply, problem)
      })
      scope.setNotFoundHandler((_request, reply) => sendProblem(reply, new WebchatProblem('not-found')))

      scope.post('/:person/messages', { bodyLimit: JSON_BYTES }, async (request, reply) => {
        const person = personOf(request)
        const upload = request.isMultipart() ? await multipartMessage(request, deps.holding) : jsonMessage(request)
        const { id, fresh } = await accepted(person, upload, deps)
        if (!fresh) await discard(upload.files, deps.holding)
        return reply.code(202).send({ id })
      })

      scope.get('/:person/messages', async (request, reply) => {
        const person = personOf(request)
        const { after } = parse(z.object({ after: z.string().max(200).optional() }), request.query, 'after')
        const messages = await deps.after(person, after)
        return reply.header('cache-control', 'no-store').send({ messages: messages.map(shown) })
      })
    },
    { prefix: '/demo/chat' },
  )
}

async function accepted(person: string, upload: Upload, deps: WebchatRouteDeps) {
  try {
    if (upload.text.trim() === '' && upload.files.length === 0) {
      throw new WebchatProblem('invalid', 'a message has a text or files')
    }
    parse(Text, upload.text, 'text')
    parse(MessageId.optional(), upload.id, 'id')
  } catch (error) {
    await discard(upload.files, deps.holding)
    throw error
  }
  try {
    return await deps.accept(person, upload)
  } catch (error) {
    // files stay kept: the message may stand in the store already, and comes again with its id
    throw error instanceof WebchatProblem ? error : new WebchatProblem('unavailable', undefined, error)
  }
}

async function multipartMessage(request: FastifyRequest, holding: Holding): Promise<Upload> {
  if (Number(request.headers['content-length'] ?? 0) > UPLOAD_BYTES) throw new WebchatProblem('too-large')
  return readUpload(request.parts(), holding)
}

function jsonMessage(request: FastifyRequest): Upload {
  const { id, text } = parse(JsonMessage, request.body, 'body')
  return { ...(id === undefined ? {} : { id }), text, files: [] }
}

function personOf(request: FastifyRequest): string {
  return parse(z.object({ person: Person }), request.params, 'person').person
}

function parse<T>(schema: z.ZodType<T>, value: unknown, name: string): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const path = result.error.issues[0]?.path.join('.')
  throw new WebchatProblem('invalid', path ? `${name}: ${path}` : name)
}

function shown(message: WebchatMessage) {
  return {
    id: message.id,
    at: message.at.toISOString(),
    from: message.from,
    text: message.text,
    ...(message.choices?.length ? { options: message.choices.map((choice) => choice.label) } : {}),
    ...(message.files?.length ? { files: message.files.map(({ name, mediaType }) => ({ name, mediaType })) } : {}),
  }
}
