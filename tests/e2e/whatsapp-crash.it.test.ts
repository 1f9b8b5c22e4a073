import { expect, test } from 'vitest'
import { WHOLE } from './support/fleet.ts'
import { QUICK_PACE } from './support/pace.ts'
import { proveWhatsappCrashes } from './proofs/whatsapp-crash.ts'

// a tenth of `npm run prove`
test('killing the process again and again while schools submit over WhatsApp and the office decides loses and doubles nothing', async () => {
  const size = { seed: 1, layout: WHOLE, coordinators: 5, pupils: 2, kills: 6, limitMs: 200_000, pace: QUICK_PACE }
  const { complaints, figures } = await proveWhatsappCrashes(size)
  expect(complaints).toEqual([])
  expect(figures).toMatchObject({ applications: 10, lostInWindow: 0, lost: 0, doubled: 0 })
  expect(figures.told).toMatchObject({ handed_over: 10, returned: expect.any(Number) })
  expect(figures.kills).toBeGreaterThan(2)
}, 230_000)
