import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createOrder } from '../../../src/bots/telegram/order.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** An order in which everything up to 10 has arrived, and what each later number is told. */
async function running() {
  const order = createOrder(80)
  const first = order(10)
  await vi.advanceTimersByTimeAsync(81)
  // nobody can know what came before the first of all
  expect(await first).toBe(false)
  const told: Record<number, boolean> = {}
  const inTheirOrder: number[] = []
  const arrive = (number: number): void =>
    void order(number).then((sure) => {
      told[number] = sure
      inTheirOrder.push(number)
    })
  return { told, inTheirOrder, arrive }
}

test('numbers in their order are sure at once', async () => {
  const { told, arrive } = await running()
  for (const number of [11, 12, 13]) arrive(number)
  await vi.advanceTimersByTimeAsync(0)
  expect(told).toEqual({ 11: true, 12: true, 13: true })
})

test('what has overtaken others waits until they are there, and is sure then', async () => {
  const { told, inTheirOrder, arrive } = await running()
  arrive(13)
  arrive(12)
  await vi.advanceTimersByTimeAsync(78)
  expect(told).toEqual({})
  arrive(11)
  await vi.advanceTimersByTimeAsync(1)
  expect(told).toEqual({ 11: true, 12: true, 13: true })
  // whoever fills the hole hears first, the others in the order of their numbers
  expect(inTheirOrder).toEqual([11, 12, 13])
})

test('what stands behind a number that does not come is told so after its time, and what comes later is sure again', async () => {
  const { told, arrive } = await running()
  arrive(12)
  await vi.advanceTimersByTimeAsync(81)
  expect(told).toEqual({ 12: false })
  arrive(13)
  await vi.advanceTimersByTimeAsync(0)
  expect(told).toEqual({ 12: false, 13: true })
})

test('what comes after all hope was given up is told that it is late', async () => {
  const { told, arrive } = await running()
  arrive(12)
  await vi.advanceTimersByTimeAsync(81)
  arrive(11)
  await vi.advanceTimersByTimeAsync(0)
  expect(told).toEqual({ 11: false, 12: false })
})

test('numbers that begin anew, higher or lower, do not miss all that lies between', async () => {
  const { told, arrive } = await running()
  arrive(1_000_000)
  await vi.advanceTimersByTimeAsync(81)
  arrive(1_000_001)
  await vi.advanceTimersByTimeAsync(0)
  expect(told).toEqual({ 1_000_000: false, 1_000_001: true })
  arrive(50)
  arrive(51)
  await vi.advanceTimersByTimeAsync(81)
  expect(told).toMatchObject({ 50: false, 51: true })
})
