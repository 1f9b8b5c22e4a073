import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { createServer } from 'node:net'
import { connectTo, listenAlone } from '../models/store/abstract-socket.ts'

export type Addresses = { mongodbUri?: string; redisUrl?: string }
/** The one process that runs the stores of a data folder. `tell` sets what others that ask are answered. */
export type Ownership = { tell(addresses: Addresses): void; release(): Promise<void> }

/**
 * Owns the stores of `dataDir` by a listening socket in Linux' abstract namespace: exclusive, and gone with the process
 * however it dies. Undefined when another process owns them.
 */
export async function own(dataDir: string): Promise<Ownership | undefined> {
  let told: Addresses | undefined
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.end(JSON.stringify(told ?? {}))
  })
  if (!(await listenAlone(server, await socketName(dataDir)))) return undefined
  server.unref()
  return {
    tell: (addresses) => {
      told = addresses
    },
    release: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** What the owner of `dataDir` tells; `{}` while it is starting or stopping; undefined when nobody owns it. */
export async function askOwner(dataDir: string): Promise<Addresses | undefined> {
  const name = await socketName(dataDir)
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connectTo(name)
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      answer += chunk
    })
    socket.on('error', (error) => {
      if ('code' in error && (error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET')) resolve(undefined)
      else reject(error)
    })
    socket.on('close', () => resolve(answer ? (JSON.parse(answer) as Addresses) : undefined))
  })
}

async function socketName(dataDir: string): Promise<string> {
  const name = createHash('sha256')
    .update(await realpath(dataDir))
    .digest('hex')
    .slice(0, 32)
  return `stores-${name}`
}
