import { createCipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import mongoose from 'mongoose'

/**
 * The floor under the webhook, a process of its own: the least that keeps what is promised. Plain `http`, the secret
 * compared, the chat's name hashed under a key, the body sealed, one insert before the 200. What comes while three
 * commands are on their way goes together in the next. No framework, no library of the platform, no second write.
 */
const [path = '/', secretToken = '', uri = ''] = process.argv.slice(2)
const AT_ONCE = 3
const MOST = 200

type Update = { update_id: number; message: { message_id: number; date: number; chat: { id: number }; text?: string } }
type Row = { _id: string; chat: string; order: number; at: Date; receivedAt: Date; state: 'new'; body: Buffer }
type Waiting = { row: Row; resolve: () => void; reject: (error: unknown) => void }

const identity = createSecretKey(randomBytes(32))
const key = createSecretKey(randomBytes(32))
const client = await mongoose.mongo.MongoClient.connect(uri)
const rows = client.db().collection<Row>('floor')
await rows.createIndex({ chat: 1, order: 1 }, { partialFilterExpression: { state: 'new' } })
let waiting: Waiting[] = []
let underway = 0

function store(row: Row): Promise<void> {
  return new Promise((resolve, reject) => {
    waiting.push({ row, resolve, reject })
    if (underway < AT_ONCE) void flush()
  })
}

async function flush(): Promise<void> {
  underway += 1
  // what comes in the same moment goes together: a command costs more than what is in it
  await new Promise((resolve) => setImmediate(resolve))
  while (waiting.length > 0) {
    const batch = waiting.slice(0, MOST)
    waiting = waiting.slice(MOST)
    try {
      await rows.insertMany(
        batch.map(({ row }) => row),
        { ordered: false },
      )
      for (const { resolve } of batch) resolve()
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
  underway -= 1
}

function nameOf(...parts: readonly (string | number)[]): string {
  return createHmac('sha256', identity).update(parts.join('/')).digest().subarray(0, 16).toString('base64url')
}

function seal(plain: string): Buffer {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body])
}

async function take(request: IncomingMessage, response: ServerResponse, received: Buffer): Promise<void> {
  if (request.url !== path || request.headers['x-telegram-bot-api-secret-token'] !== secretToken) {
    response.writeHead(403).end()
    return
  }
  const { update_id: order, message } = JSON.parse(received.toString()) as Update
  const receivedAt = new Date()
  try {
    await store({
      _id: nameOf('message', message.chat.id, message.message_id),
      chat: nameOf('chat', message.chat.id),
      order,
      at: new Date(message.date * 1000),
      receivedAt,
      state: 'new',
      body: seal(JSON.stringify({ kind: 'text', text: message.text })),
    })
    response.writeHead(200).end()
  } catch {
    response.writeHead(500).end()
  }
}

const server = createServer((request, response) => {
  const pieces: Buffer[] = []
  request.on('data', (piece: Buffer) => pieces.push(piece))
  request.on('end', () => void take(request, response, Buffer.concat(pieces)))
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send!(typeof address === 'object' ? address?.port : undefined)
})
process.once('disconnect', () => process.exit())
