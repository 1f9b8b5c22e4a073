import { expect, test } from 'vitest'
import { consents } from '../../src/models/consent/kept.ts'
import { keepConsentTexts } from '../../src/models/consent/texts.ts'
import { emptyApplication } from '../../src/models/application/purge.ts'
import { applicationById } from '../../src/models/application/changes.ts'
import { at, NPSN, testService } from './support/service.ts'

test('who agreed to which text, and when, is read as the case is, also when its data have gone', async () => {
  const { operator, submit, queue, database, sealer, clock, coordinator } = await testService()
  const id = await submit()
  const given = clock.at.toISOString()
  const wati = await coordinator('Wati Rekaan')
  await consents(database).updateOne({ subject: id }, { $set: { 'by.id': wati } })
  const siti = await operator('siti', 'verifikator')
  const agreed = {
    kind: 'statement',
    by: { role: 'coordinator', name: 'Wati Rekaan' },
    at: given,
    textVersion: '1',
  }
  // its words were not kept
  const url = `/api/consents/${id}`
  expect((await siti('GET', url)).body).toEqual({ items: [agreed] })
  await keepConsentTexts({ database, sealer }, [{ version: '1', text: 'Nama: {name}. Setuju?' }], clock.at)
  const read = { items: [{ ...agreed, text: 'Nama: {name}. Setuju?' }] }
  expect((await siti('GET', url)).body).toEqual(read)

  await emptyApplication(database, (await applicationById(database, id))!, clock.at)
  expect(at(await siti('GET', `/api/applications/${id}`), 'pupil')).toBeNull()
  expect((await siti('GET', url)).body).toEqual(read)

  expect((await siti('GET', '/api/consents/tidak-ada')).status).toBe(404)
  const draft = { draft: 'draf', coordinator: wati, chat: 'chat', npsn: NPSN, step: 'name', answers: {}, files: [] }
  await queue.drafts.save({ ...draft, at: clock.at, turn: 1 })
  expect((await siti('GET', '/api/consents/draf')).status).toBe(404)
})
