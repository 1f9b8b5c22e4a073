import { expect, test } from 'vitest'
import { createInbox } from '../../src/models/chat/inbox.ts'
import { at, testService } from './support/service.ts'
import { createLog } from '../../src/config/log.ts'

test('a row says that the school has put right what was returned', async () => {
  const { operator, submit, queue } = await testService()
  const [id, other] = [await submit(), await submit()]
  const siti = await operator('siti', 'verifikator')
  const token = at(await siti('POST', '/api/queue/claim'), 'claim.token')
  const body = { token, action: 'return', reasons: ['RR_INCOMPLETE'], transactionId: 'back' }
  await siti('POST', `/api/applications/${id}/decisions`, { body })
  const pupil = { name: 'Murid Rekaan', nik: '6311060107150001', birthDate: '2015-07-01' }
  const answers = { by: 'koordinator', pupil, documents: [], findings: [], done: [], transactionId: 'fixed' }
  await queue.submissions.resubmit({ application: id, ...answers })
  const { items } = (await siti('GET', '/api/queue')).body as { items: { id: string; corrected?: boolean }[] }
  expect(items.map((row) => [row.id, row.corrected])).toEqual(
    expect.arrayContaining([
      [id, true],
      [other, undefined],
    ]),
  )
})

test('what the school wrote to its files stands in the case, for who may open them', async () => {
  const service = await testService()
  const inbox = createInbox({ ...service, now: () => service.clock.at, log: createLog('silent') })
  const accept = async (platformId: string, caption: string) => {
    const from = { channel: 'webchat' as const, id: 'ani' }
    const files = [{ kind: 'photo' as const, ref: platformId }]
    const body = { kind: 'files' as const, files, ...(caption !== '' && { caption }) }
    service.tick(1000)
    const message = { from, account: 'demo', platformId, order: Number(platformId), at: service.clock.at, body }
    return (await inbox.accept('chat', message)).id
  }
  const messages = [
    await accept('1', 'Mohon diperiksa, tanggalnya sudah dibetulkan'),
    await accept('2', ''),
    await accept('3', 'salah kirim'),
  ]
  await inbox.markChanged({ from: { channel: 'webchat', id: 'ani' }, account: 'demo', platformId: '3' }, 'deleted')
  const picture = await service.picture()
  const id = await service.submit(messages.map((message) => ({ ...picture, id: `${message}-0` })))
  const siti = await service.operator('siti', 'verifikator')
  const foto = await service.operator('fajar', 'foto')
  expect(at(await siti('GET', `/api/applications/${id}`), 'messages')).toMatchObject([
    { text: 'Mohon diperiksa, tanggalnya sudah dibetulkan' },
  ])
  expect(at(await foto('GET', `/api/applications/${id}`), 'messages')).toEqual([])
})

test('what the sender has deleted or changed stays in the case and is marked', async () => {
  const service = await testService()
  const inbox = createInbox({ ...service, now: () => service.clock.at, log: createLog('silent') })
  const named = (platformId: string) => ({
    from: { channel: 'webchat' as const, id: 'ani' },
    account: 'demo',
    platformId,
  })
  const [deleted, edited, kept] = await Promise.all(
    ['1', '2', '3'].map(async (platformId, order) => {
      const body = { kind: 'text' as const, text: 'berkas' }
      return (await inbox.accept('chat', { ...named(platformId), order, at: service.clock.at, body })).id
    }),
  )
  const picture = await service.picture()
  const id = await service.submit([deleted, edited, kept].map((message) => ({ ...picture, id: `${message}-0` })))
  service.tick(1000)
  await inbox.markChanged(named('2'), 'edited')
  await inbox.markChanged(named('1'), 'edited')
  await inbox.markChanged(named('1'), 'deleted')
  const siti = await service.operator('siti', 'verifikator')
  await siti('POST', '/api/queue/claim')
  const shown = at(await siti('GET', `/api/applications/${id}`), 'documents') as { senderChange?: object }[]
  const when = service.clock.at.toISOString()
  expect(shown.map((document) => document.senderChange)).toEqual([
    { kind: 'deleted', at: when },
    { kind: 'edited', at: when },
    undefined,
  ])
})
