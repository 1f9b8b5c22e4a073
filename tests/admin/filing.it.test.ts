import { expect, onTestFinished, test } from 'vitest'
import { armFailpoints } from '../../src/models/store/failpoint.ts'
import { fileModel } from '../../src/models/file/files.ts'
import { at, testService } from './support/service.ts'
import type { Answer } from './support/service.ts'

type Placed = { id: string; kind: string; page: number; supersededAt?: string }
const documentsOf = (answer: Answer) => at(answer, 'documents') as Placed[]
const present = (answer: Answer) =>
  documentsOf(answer)
    .filter((one) => one.supersededAt === undefined)
    .map(({ id, kind, page }) => ({ id, kind, page }))

/** Two operators and two pupils; the first pupil's case is siti's. */
async function setUp() {
  const service = await testService()
  const [card, certificate] = [await service.picture('family_card'), await service.picture('birth_certificate')]
  const first = await service.submit([card, certificate])
  const second = await service.submit([await service.picture('birth_certificate')])
  const siti = await service.operator('siti', 'verifikator')
  const budi = await service.operator('budi', 'verifikator')
  const token = String(at(await siti('POST', '/api/queue/claim'), 'claim.token'))
  return { ...service, first, second, card, certificate, siti, budi, token }
}

test('the holder sorts files among kinds and pages, and the history tells where each lay', async () => {
  const { siti, budi, first, card, certificate, token } = await setUp()
  const url = `/api/applications/${first}/sort-files`
  const documents = [
    { id: certificate.id, kind: 'letter' },
    { id: card.id, kind: 'letter' },
  ]
  const body = { token, documents, transactionId: 't1' }
  expect(at(await budi('POST', url, { body }), 'kind')).toBe('claim-lost')
  const sorted = await siti('POST', url, { body })
  expect(sorted.status).toBe(200)
  expect(present(sorted)).toEqual([
    { id: certificate.id, kind: 'letter', page: 1 },
    { id: card.id, kind: 'letter', page: 2 },
  ])
  expect(at(sorted, 'history.2')).toMatchObject({
    action: 'correct',
    subject: 'files',
    moved: [
      { document: certificate.id, from: { kind: 'birth_certificate', page: 1 }, to: { kind: 'letter', page: 1 } },
      { document: card.id, from: { kind: 'family_card', page: 1 }, to: { kind: 'letter', page: 2 } },
    ],
  })
  // the same again changes nothing; another list than the present files is a conflict
  expect(at(await siti('POST', url, { body }), 'rev')).toBe(at(sorted, 'rev'))
  const partial = { token, documents: documents.slice(1), transactionId: 't2' }
  expect(at(await siti('POST', url, { body: partial }), 'kind')).toBe('conflict')
})

test('a file goes to another pupil of the school, is shown there as one that was moved, and stays here, marked', async () => {
  const { siti, budi, first, second, certificate, token, database, queue } = await setUp()
  const taken = await budi('POST', '/api/queue/claim')
  expect(at(taken, 'id')).toBe(second)
  const url = `/api/applications/${first}/split-off`
  const body = { token, document: certificate.id, kind: 'family_card', to: second, transactionId: 't1' }
  expect(at(await siti('POST', url, { body: { ...body, to: first } }), 'kind')).toBe('invalid')
  const left = await siti('POST', url, { body })
  expect(left.status).toBe(200)
  expect(present(left).map((one) => one.id)).not.toContain(certificate.id)
  expect(documentsOf(left).map((one) => one.id)).toContain(certificate.id)
  expect(at(left, 'history.2')).toMatchObject({ moved: [{ document: certificate.id, other: second }] })

  const other = await budi('GET', `/api/applications/${second}`)
  expect(present(other)).toContainEqual({ id: certificate.id, kind: 'family_card', page: 1 })
  const { ticket } = await queue.cases.get(first)
  expect(at(other, 'requests')).toMatchObject([{ kind: 'file', files: [certificate.id], from: ticket }])
  expect((await budi('GET', `/api/applications/${second}/documents/${certificate.id}`)).status).toBe(200)
  // whoever is purged first leaves it to the other one
  const file = await fileModel(database).findById(certificate.id).lean()
  expect(file?.applications).toContain(second)

  // budi sends it back: it is present here again, once
  const back = { token: at(taken, 'claim.token'), document: certificate.id, kind: 'birth_certificate', to: first }
  expect(
    (await budi('POST', `/api/applications/${second}/split-off`, { body: { ...back, transactionId: 't2' } })).status,
  ).toBe(200)
  const again = await siti('GET', `/api/applications/${first}`)
  expect(documentsOf(again).filter((one) => one.id === certificate.id)).toMatchObject([{ kind: 'birth_certificate' }])
  expect(present(again)).toHaveLength(2)
})

test('a crash between the two writes leaves the file with both, and the same transaction finishes the move', async () => {
  const { siti, first, second, certificate, token } = await setUp()
  onTestFinished(() => armFailpoints(undefined))
  armFailpoints((name, moment) => {
    if (name === 'application.correct' && moment === 'before') throw new Error('power cut')
  })
  const url = `/api/applications/${first}/split-off`
  const body = { token, document: certificate.id, kind: 'birth_certificate', to: second, transactionId: 't1' }
  expect((await siti('POST', url, { body })).status).toBe(500)
  armFailpoints(undefined)
  expect(present(await siti('GET', `/api/applications/${first}`))).toHaveLength(2)
  const done = await siti('POST', url, { body })
  expect(present(done)).toHaveLength(1)
  const other = await siti('GET', `/api/applications/${second}`)
  expect(documentsOf(other).filter((one) => one.id === certificate.id)).toHaveLength(1)
  expect(at(other, 'requests')).toHaveLength(1)
})
