import { expect, test } from 'vitest'
import { WHOLE } from './support/fleet.ts'
import { proveWhatsappCrashes } from './proofs/whatsapp-crash.ts'

// a tenth of `npm run prove`
test('killing the process again and again while schools submit over WhatsApp loses and doubles nothing', async () => {
  const size = { seed: 1, layout: WHOLE, coordinators: 2, pupils: 5, kills: 6, limitMs: 200_000 }
  const { complaints, figures } = await proveWhatsappCrashes(size)
  expect(complaints).toEqual([])
  expect(figures).toMatchObject({ submissions: 10, lostInWindow: 0, lost: 0, doubled: 0 })
  expect(figures.kills).toBeGreaterThan(2)
}, 230_000)
