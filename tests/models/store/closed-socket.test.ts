import { createRequire } from 'node:module'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { once } from 'node:events'
import mongoose from 'mongoose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { failClosedWrites } from '../../../src/models/store/closed-socket.ts'

type Command = (ns: unknown, command: object, options: object) => Promise<unknown>
const ofMongoose = createRequire(createRequire(import.meta.url).resolve('mongoose'))
const { Connection } = ofMongoose('mongodb/lib/cmap/connection.js') as {
  Connection: new (socket: Socket, options: object) => { command: Command }
}
const { ns } = ofMongoose('mongodb/lib/utils.js') as { ns: (name: string) => unknown }

const server = createServer((socket) => socket.pause())
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => {
  server.close()
})

test('a command that waits to be written ends when its socket closes', async () => {
  failClosedWrites()
  failClosedWrites()
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  const connection = new Connection(socket, { id: 1, generation: 0, monitorCommands: false })
  // more than the kernel takes from us while nobody reads
  const command = connection.command(ns('test.$cmd'), { ping: 1, filler: 'x'.repeat(15_000_000) }, {})
  await expect.poll(() => socket.listenerCount('drain')).toBe(1)
  socket.destroy()
  await expect(command).rejects.toThrow(mongoose.mongo.MongoNetworkError)
})
