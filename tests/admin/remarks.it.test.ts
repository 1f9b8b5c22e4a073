import { expect, test } from 'vitest'
import type { Finding } from '../../src/models/application/findings.ts'
import { at, testService } from './support/service.ts'
import type { Answer } from './support/service.ts'

const NIK = '6311060107150009'
const FINDING: Finding = { code: 'READ_NIK_DIFFERS', severity: 'check', field: 'nik', detail: { read: NIK } }
type Shown = { id: string; code: string; examined?: { by: string; name: string } }
const findings = (answer: Answer) => at(answer, 'documents.0.findings') as Shown[]

/** One case with two findings, held by siti; the photo stage is fajar's. */
async function setUp() {
  const service = await testService()
  const picture = await service.picture()
  const id = await service.submit([{ ...picture, findings: [FINDING, { code: 'BLURRED', severity: 'note' }] }])
  const siti = await service.operator('siti', 'verifikator')
  const fajar = await service.operator('fajar', 'foto')
  const claimed = await siti('POST', '/api/queue/claim')
  return { ...service, id, siti, fajar, claimed, token: String(at(claimed, 'claim.token')) }
}

test('what the holder has looked into is in the history, and the next stage’s operator sees who did', async () => {
  const { id, siti, fajar, claimed, token, relay, tick, operator, lines } = await setUp()
  const [first, second] = findings(claimed)
  const url = `/api/applications/${id}/findings`
  const body = { token, finding: first?.id, transactionId: 't1' }
  expect(at(await fajar('POST', url, { body }), 'kind')).toBe('claim-lost')
  expect((await siti('POST', url, { body: { ...body, finding: 'none' } })).status).toBe(404)
  const examined = await siti('POST', url, { body })
  expect(findings(examined)[0]?.examined).toMatchObject({ by: siti.id, name: 'Petugas siti' })
  expect(findings(examined)[1]?.examined).toBeUndefined()
  expect(at(examined, 'history.2')).toMatchObject({
    action: 'correct',
    subject: 'finding',
    examined: { code: 'READ_NIK_DIFFERS', field: 'nik', again: false },
  })
  expect(at(await siti('POST', url, { body }), 'rev')).toBe(at(examined, 'rev'))

  // the other one is opened again
  for (const [again, transactionId] of [
    [false, 't2'],
    [true, 't3'],
  ] as const) {
    await siti('POST', url, { body: { token, finding: second?.id, again, transactionId } })
  }
  const approve = { token, action: 'approve', transactionId: 't4' }
  await siti('POST', `/api/applications/${id}/decisions`, { body: approve })
  tick(7001)
  await relay.round()
  const next = await fajar('POST', '/api/queue/claim')
  expect(findings(next).map(({ code, examined: by }) => [code, by?.name])).toEqual([
    ['READ_NIK_DIFFERS', 'Petugas siti'],
    ['BLURRED', undefined],
  ])

  // the evidence is for who may see whole numbers, and the name of a finding does not tell it
  const counter = await operator('lia', 'loket')
  const seen = await counter('GET', `/api/applications/${id}`)
  expect(findings(seen)[0]?.examined?.name).toBe('Petugas siti')
  expect(JSON.stringify(seen.body)).not.toContain(NIK)
  expect(lines.join('\n')).not.toContain(NIK)
})

test('a note is kept for the next stage and sealed; who has just lost the claim may still leave one', async () => {
  const { id, siti, fajar, token, operator, database } = await setUp()
  const url = `/api/applications/${id}/notes`
  const note = 'Ibu murid akan menyusulkan KK baru'
  const written = await siti('POST', url, { body: { token, note, transactionId: 'n1' } })
  expect(at(written, 'history.2')).toMatchObject({ action: 'correct', subject: 'note', note })
  const stored = await database.collection('applications').findOne({ _id: id as never })
  expect(JSON.stringify(stored)).not.toContain(note)
  // whose stage it is not has nothing to say here
  expect(at(await fajar('POST', url, { body: { note, transactionId: 'n2' } }), 'kind')).toBe('forbidden')

  const boss = await operator('bos', 'supervisor')
  const reason = { reason: 'Istirahat', transactionId: 'b1' }
  await boss('POST', `/api/applications/${id}/take-back`, { body: reason })
  expect(at(await siti('POST', url, { body: { token, note, transactionId: 'n3' } }), 'kind')).toBe('claim-lost')
  const left = await siti('POST', url, { body: { note: 'Tadi hampir selesai', transactionId: 'n4' } })
  expect(at(left, 'history.4')).toMatchObject({ subject: 'note', note: 'Tadi hampir selesai' })

  // a note would take the undo of a decision away
  const again = String(at(await boss('POST', '/api/queue/claim'), 'claim.token'))
  const approve = { token: again, action: 'approve', skip: ['photo'], transactionId: 't1' }
  await boss('POST', `/api/applications/${id}/decisions`, { body: approve })
  const late = { note: 'Terlambat', transactionId: 'n5' }
  expect(at(await boss('POST', url, { body: late }), 'kind')).toBe('conflict')
  const undone = await boss('POST', `/api/applications/${id}/undo`, { body: { transactionId: 't1' } })
  expect(undone.body).toMatchObject({ stage: 'verification', state: 'claimed' })
})
