import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '../../src/config/log.ts'
import { loadOffice } from '../../src/config/office.ts'
import { createExaminer } from '../../src/media/examiner.ts'
import { at, testService } from './support/service.ts'

const EDIT = { rotation: 2.5, crop: { x: 0.2, y: 0.1, width: 0.4, height: 0.9 }, brightness: 1.1 }

test('the holder cuts the portrait: the numbers are kept, the original stays, the file is named for SIAK', async () => {
  const examiner = createExaminer({ log: createLog('silent'), portrait: loadOffice('office/balangan.yaml').portrait })
  onTestFinished(() => examiner.close())
  const service = await testService({}, examiner.render)
  const portrait = await service.picture('portrait')
  const id = await service.submit([portrait])
  const [siti, budi] = [await service.operator('siti', 'verifikator'), await service.operator('budi', 'verifikator')]
  const url = `/api/applications/${id}`
  const token = String(at(await siti('POST', '/api/queue/claim'), 'claim.token'))

  const begun = await siti('GET', `${url}/portrait`)
  expect(begun.body).toMatchObject({
    document: portrait.id,
    original: { width: 60, height: 40 },
    edit: null,
    // born in 2015, and odd years are red by the office's rule
    background: { expected: 'red', oddYears: 'red', evenYears: 'blue', foreigners: 'orange' },
    output: { width: 472, height: 708 },
    draws: true,
  })
  expect((await siti('GET', `${url}/portrait/result`)).status).toBe(404)
  expect(await siti('GET', `${url}/portrait/picture`)).toMatchObject({ status: 200, type: 'image/jpeg' })

  const body = { token, document: portrait.id, edit: EDIT }
  expect(at(await budi('POST', `${url}/portrait/preview`, { body }), 'kind')).toBe('claim-lost')
  const preview = await siti('POST', `${url}/portrait/preview`, { body })
  expect(preview.type).toBe('image/jpeg')
  expect(await sharp(preview.body as Buffer).metadata()).toMatchObject({ width: 472, height: 708 })

  const lost = await budi('POST', `${url}/edit-portrait`, { body: { ...body, transactionId: 't1' } })
  expect(at(lost, 'kind')).toBe('claim-lost')
  const kept = await siti('POST', `${url}/edit-portrait`, { body: { ...body, transactionId: 't1' } })
  expect(kept.status).toBe(200)
  expect(at(kept, 'history.2')).toMatchObject({ action: 'correct', subject: 'portrait' })
  expect(at(await siti('GET', `${url}/portrait`), 'edit')).toEqual(EDIT)
  const result = await siti('GET', `${url}/portrait/result`)
  expect(result.headers['content-disposition']).toBe(`attachment; filename="${String(at(kept, 'ticket'))}_SIAK.jpg"`)
  expect((await sharp(result.body as Buffer).metadata()).width).toBe(472)
  expect(at(kept, 'documents.0.edited')).toBe(true)
  // a file that is no portrait of this application is not cut
  const other = { ...body, document: 'lain', transactionId: 't2' }
  expect(at(await siti('POST', `${url}/edit-portrait`, { body: other }), 'kind')).toBe('conflict')

  // what came of it is what the entry into SIAK sees and takes along, logged as any look; others have to say why
  const [sari, fahmi] = [await service.operator('sari', 'siak'), await service.operator('fahmi', 'foto')]
  const approve = { token, action: 'approve', skip: ['photo'], transactionId: 't3' }
  expect(at(await siti('POST', `${url}/decisions`, { body: approve }), 'stage')).toBe('siak_entry')
  service.tick(7001)
  await service.relay.round()
  expect(at(await sari('POST', '/api/queue/claim'), 'documents.0')).toMatchObject({ id: portrait.id, edited: true })
  expect((await sari('GET', `${url}/portrait/result`)).body).toEqual(result.body)
  expect((await fahmi('GET', `${url}/portrait/result`)).status).toBe(403)
  const boss = await service.operator('bos', 'supervisor')
  expect(at(await boss('GET', `${url}/views`), 'items')).toContainEqual(
    expect.objectContaining({
      what: 'document',
      document: portrait.id,
      operator: expect.objectContaining({ id: sari.id }) as unknown,
    }),
  )
})

test('of a foreign child the portrait is to have the background for foreigners, whatever the reason', async () => {
  const service = await testService()
  const id = await service.submit([await service.picture('portrait')], { citizenship: 'wna', unmarried: true })
  const siti = await service.operator('siti', 'verifikator')
  await siti('POST', '/api/queue/claim')
  const shown = await siti('GET', `/api/applications/${id}`)
  expect(shown.body).toMatchObject({ reason: 'NEW', pupil: { citizenship: 'wna', unmarried: true } })
  expect(at(await siti('GET', `/api/applications/${id}/portrait`), 'background.expected')).toBe('orange')
})
