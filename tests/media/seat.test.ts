import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createSeat } from '../../src/media/worker/seat.ts'
import { listenAlone } from '../../src/models/store/abstract-socket.ts'
import { until } from '../support/until.ts'

let names = 0
/** A name that no other test has, on any worker. */
const newName = () => `seat-${process.pid}-${(names += 1)}`

function seatsOn(memory: number, count: number, name = newName()) {
  const seats = Array.from({ length: count }, () => createSeat({ memory, name }))
  onTestFinished(() => {
    for (const seat of seats) {
      seat.close()
      seat.leave()
    }
  })
  return seats
}
const SMALL = 3.9e9
const asked = (seat: { wanted(): boolean } | undefined) => until(() => seat?.wanted() || undefined)

test('below 4 GB one seat serves all, from there on each has its own', async () => {
  const [one, other] = seatsOn(4e9, 2)
  expect([await one?.take(), await other?.take()]).toEqual([true, true])
  const [first, second] = seatsOn(SMALL, 2)
  expect(await first?.take()).toBe(true)
  let sat = false
  const waits = second?.take().then(() => (sat = true))
  await asked(first)
  expect(sat).toBe(false)
  first?.leave()
  await waits
  expect(sat).toBe(true)
})

test('who holds the seat hears that it is wanted, and who gave it up goes after those who waited', async () => {
  const [one, other] = seatsOn(SMALL, 2)
  const order: string[] = []
  one?.onWanted(() => order.push('wanted'))
  await one?.take()
  const waits = other?.take().then(() => order.push('other'))
  await asked(one)
  one?.leave()
  const again = one?.take().then(() => order.push('one again'))
  await waits
  // the new holder knows of who waits now
  await asked(other)
  other?.leave()
  await again
  expect(order).toEqual(['wanted', 'other', 'one again'])
})

test('who takes a seat that it has keeps it', async () => {
  const [one] = seatsOn(SMALL, 1)
  expect([await one?.take(), await one?.take(), one?.wanted()]).toEqual([true, true, false])
})

test('closing ends the waiting, and nobody sits down afterwards', async () => {
  const [one, other] = seatsOn(SMALL, 2)
  await one?.take()
  const waits = other?.take()
  await asked(one)
  other?.close()
  expect(await waits).toBe(false)
  one?.leave()
  expect(await other?.take()).toBe(false)
})

test('a worker whose parent is gone keeps the seat until it has ended, too', async () => {
  const name = newName()
  const [one, other] = seatsOn(SMALL, 2, name)
  await one?.take()
  const worker = spawn('sleep', ['600'], { stdio: ['ignore', 'ignore', 'ignore', ...(one?.held() ?? [])] })
  await once(worker, 'spawn')
  one?.leave()
  expect(await listenAlone(createServer(), name)).toBe(false)
  worker.kill('SIGKILL')
  expect(await other?.take()).toBe(true)
})
