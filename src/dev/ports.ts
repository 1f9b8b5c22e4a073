import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

// Below Linux' ephemeral range (32768 up): no outgoing connection takes the port while a dead child is restarted on it.
const LOWEST = 20_000
const HIGHEST = 32_000
const TRIES = 50

/** A port of 127.0.0.1 that nobody listens on now. Who binds it later may still lose a race, and then asks again. */
export async function freePort(): Promise<number> {
  for (let i = 0; i < TRIES; i++) {
    const port = randomInt(LOWEST, HIGHEST)
    if (await isFree(port)) return port
  }
  throw new Error(`no free port between ${LOWEST} and ${HIGHEST} on 127.0.0.1`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
