import { expect, test } from 'vitest'
import { newId } from '../../src/models/store/ids.ts'
import { at, testService } from './support/service.ts'
import type { Answer, Call } from './support/service.ts'

/** Claims the next case; `approve` tries to approve it, with what the operator has confirmed. */
async function claim(
  call: Call,
): Promise<{ id: string; seen: unknown; approve: (...despite: string[]) => Promise<Answer> }> {
  const claimed = await call('POST', '/api/queue/claim')
  const id = String(at(claimed, 'id'))
  return {
    id,
    seen: at(claimed, 'doubts'),
    approve: (...despite) => {
      const body = {
        token: at(claimed, 'claim.token'),
        action: 'approve',
        despite,
        transactionId: newId(),
      }
      return call('POST', `/api/applications/${id}/decisions`, { body })
    },
  }
}

test('an approval passes a request to cancel only when it is confirmed, and its history says so', async () => {
  const { operator, submit, picture, queue } = await testService()
  const siti = await operator('siti', 'verifikator')
  await submit([await picture()])
  const { id, seen, approve } = await claim(siti)
  expect(seen).toEqual([])
  // it comes while the case is on the screen
  const by = { kind: 'coordinator', id: 'koordinator' } as const
  await queue.schoolChanges.cancel({ application: id, by, parties: ['school'], transactionId: 'batal' })
  const refused = await approve()
  expect([refused.status, at(refused, 'kind'), at(refused, 'context.doubts')]).toEqual([409, 'unconfirmed', ['cancel']])
  expect((await approve('papers')).status).toBe(409)
  expect(at(await siti('GET', `/api/applications/${id}`), 'doubts')).toEqual(['cancel'])
  const approved = await approve('cancel')
  expect(at(approved, 'history')).toContainEqual(expect.objectContaining({ action: 'approve', despite: ['cancel'] }))
})

test('so it does a heavy finding until somebody has looked into it, and a case without any paper', async () => {
  const { operator, submit, picture } = await testService()
  const siti = await operator('siti', 'verifikator')
  await submit()
  const bare = await claim(siti)
  expect(bare.seen).toEqual(['papers'])
  expect((await bare.approve()).status).toBe(409)
  expect((await bare.approve('papers')).status).toBe(200)

  await submit([{ ...(await picture()), findings: [{ code: 'PAGE_BLURRED', severity: 'heavy' }] }])
  const blurred = await claim(siti)
  expect(blurred.seen).toEqual(['PAGE_BLURRED'])
  expect((await blurred.approve()).status).toBe(409)
  const shown = await siti('GET', `/api/applications/${blurred.id}`)
  const body = {
    token: at(shown, 'claim.token'),
    finding: at(shown, 'documents.0.findings.0.id'),
    again: false,
    transactionId: 'seen',
  }
  expect(at(await siti('POST', `/api/applications/${blurred.id}/findings`, { body }), 'doubts')).toEqual([])
  const approved = await blurred.approve()
  expect(approved.status).toBe(200)
  expect(at(approved, 'history')).not.toContainEqual(expect.objectContaining({ despite: expect.anything() as unknown }))
})

test('at the photo station a background that the office does not want is approved only on purpose', async () => {
  const { operator, submit, picture, tick, relay } = await testService()
  const [siti, fahmi] = [await operator('siti', 'verifikator'), await operator('fahmi', 'foto')]
  const portrait = await picture('portrait')
  await submit([portrait])
  expect((await (await claim(siti)).approve()).status).toBe(200)
  tick(7001)
  await relay.round()
  const { id, approve } = await claim(fahmi)
  const token = at(await fahmi('GET', `/api/applications/${id}`), 'claim.token')
  // born in 2015: red
  const edit = { rotation: 0, crop: { x: 0, y: 0, width: 0.4, height: 0.9 }, brightness: 1, background: 'blue' }
  const body = { token, document: portrait.id, edit, transactionId: 'edit' }
  expect((await fahmi('POST', `/api/applications/${id}/edit-portrait`, { body })).status).toBe(200)
  expect(at(await approve(), 'context.doubts')).toEqual(['background'])
  expect((await approve('background')).status).toBe(200)
})
