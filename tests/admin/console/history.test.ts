import { expect, test } from 'vitest'
import { deliveryState } from '../../../src/admin/console/words/history.ts'
import type { DeliveryView } from '../../../src/admin/contract/delivery.ts'

const waiting: DeliveryView = {
  id: 'd',
  state: 'queued',
  attempts: 0,
  parked: false,
  givenUp: false,
  at: '2026-11-24T01:00:00.000Z',
  notBefore: '2026-11-24T01:00:00.000Z',
}
const failed = { state: 'failed', givenUp: true } as const

test.each<[Partial<DeliveryView>, string]>([
  [{}, 'Menunggu dikirim'],
  [{ failure: 'unreachable', attempts: 3 }, 'Menunggu dikirim, tidak terhubung, 3 kali dicoba'],
  [{ failure: 'misconfigured' }, 'Menunggu dikirim, saluran dimatikan atau belum disetel'],
  [{ parked: true }, 'Menunggu dikirim, kabar dimatikan sekolah'],
  [{ ...failed, failure: 'misconfigured' }, 'Gagal, saluran dimatikan atau belum disetel, tidak dikirim lagi'],
  [{ ...failed, failure: 'blocked', parked: true }, 'Gagal, kabar dimatikan sekolah, tidak dikirim lagi'],
  [{ state: 'read', attempts: 1 }, 'Dibaca'],
])('a message to the school that is %j reads "%s"', (how, words) => {
  expect(deliveryState({ ...waiting, ...how })).toBe(words)
})
