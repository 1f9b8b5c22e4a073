import { afterEach, expect, test } from 'vitest'
import { SAMPLE_SCHOOLS } from '../../../src/dev/sample-schools.ts'
import { touchChat } from '../../../src/models/chat/chats.ts'
import { consentsOf } from '../../../src/models/consent/consents.ts'
import { toBuffer } from '../../../src/models/store/binary.ts'
import { coordinatorOfChat, registerCoordinator } from '../../../src/models/coordinator/coordinators.ts'
import { armFailpoints } from '../../../src/models/store/failpoint.ts'
import { storeSchools } from '../../../src/models/school/schools.ts'
import { stopped } from '../../queue/stopped.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'

afterEach(() => armFailpoints(undefined))

test('whoever registers agrees under their id, once, wherever it is stopped; the words lie sealed', async () => {
  const at = new Date('2026-11-02T02:00:00Z')
  const context = { database: await testDatabase(), sealer: testSealer(), now: () => at }
  await storeSchools(context.database, SAMPLE_SCHOOLS)
  const consent = { at, by: 'Rina Contoh', textVersion: 'id-1', evidence: 't1: setuju' }
  for (let moment = 0, cut = true; cut; moment++) {
    const chat = await touchChat(context, { from: { channel: 'webchat', id: `c${moment}` }, account: 'demo' })
    const wish = {
      key: chat,
      chat,
      npsn: SAMPLE_SCHOOLS[0]!.npsn,
      name: 'Rina Contoh',
      role: 'teacher',
      consent,
    } as const
    cut = await stopped(moment, () => registerCoordinator(context, wish))
    const { coordinator } = await registerCoordinator(context, wish)
    expect((await coordinatorOfChat(context, chat))?.id).toBe(coordinator.id)
    const [given, ...more] = await consentsOf(context.database, coordinator.id)
    expect(more).toEqual([])
    expect(given).toMatchObject({ by: { role: 'coordinator', id: coordinator.id }, at, textVersion: 'id-1' })
    expect(context.sealer.openText(toBuffer(given!.evidence!))).toBe('t1: setuju')
  }
})
