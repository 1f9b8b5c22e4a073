import sharp from 'sharp'
import { expect, test } from 'vitest'
import { views } from '../../src/models/operator/views.ts'
import { at, testService } from './support/service.ts'

async function setUp() {
  const service = await testService()
  const document = await service.picture()
  const id = await service.submit([document])
  const url = `/api/applications/${id}/documents/${document.id}`
  const seen = () => views(service.database).find({ application: id }).sort({ _id: 1 }).lean()
  return { ...service, id, document, url, seen }
}

test('a picture is shown without EXIF, uncached, and the view is logged', async () => {
  const { operator, url, document, seen } = await setUp()
  const siti = await operator('siti', 'verifikator')
  const shown = await siti('GET', url)
  expect([shown.status, shown.type, shown.headers['cache-control']]).toEqual([200, 'image/jpeg', 'no-store'])
  expect(shown.headers['x-content-type-options']).toBe('nosniff')
  expect((await sharp(shown.body as Buffer).metadata()).exif).toBeUndefined()
  expect(await seen()).toMatchObject([{ operator: siti.id, what: 'document', document: document.id, how: 'view' }])
})

test('the bytes as they came are given for a reason, which is kept sealed', async () => {
  const { operator, url, seen, id } = await setUp()
  const siti = await operator('siti', 'verifikator')
  expect((await siti('GET', `${url}?original=1`)).status).toBe(403)
  const original = await siti('GET', `${url}?original=1&reason=cek%20keaslian`)
  expect(original.headers['content-disposition']).toMatch(/^attachment; filename="\w+"$/)
  expect((await sharp(original.body as Buffer).metadata()).exif).toBeDefined()
  const [view] = await seen()
  expect(view).toMatchObject({ what: 'original' })
  expect(JSON.stringify(view)).not.toContain('keaslian')
  const boss = await operator('bos', 'supervisor')
  expect(at(await boss('GET', `/api/applications/${id}/views`), 'items')).toMatchObject([
    { what: 'original', reason: 'cek keaslian', operator: { id: siti.id, name: 'Petugas siti' } },
  ])
})

test('who works another stage gives a reason or is refused, and sees the NIK masked until then', async () => {
  const { operator, url, id, seen, tick } = await setUp()
  const foto = await operator('foto', 'foto')
  const refused = await foto('GET', url)
  expect([refused.status, at(refused, 'kind')]).toEqual([403, 'forbidden'])
  const masked = await foto('GET', `/api/applications/${id}`)
  expect(masked.body).toMatchObject({ mayRead: false, pupil: { nik: '631106******0001', masked: true } })
  expect(await seen()).toEqual([])
  const open = await foto('GET', `/api/applications/${id}?reason=murid%20ada%20di%20loket`)
  tick(1)
  expect(open.body).toMatchObject({ mayRead: false, pupil: { nik: '6311060107150001', masked: false } })
  expect((await foto('GET', `${url}?reason=murid%20ada%20di%20loket`)).status).toBe(200)
  expect(await seen()).toMatchObject([{ what: 'nik' }, { what: 'document' }])
})

test('an old request for a case that has gone on is answered as it was, but opens the case no more', async () => {
  const { operator, id, seen } = await setUp()
  const siti = await operator('siti', 'verifikator')
  const ask = () => siti('POST', '/api/queue/claim', { body: { requestId: 'r1' } })
  const claimed = await ask()
  const token = at(claimed, 'claim.token')
  const approve = { token, action: 'approve', transactionId: 't1' }
  expect((await siti('POST', `/api/applications/${id}/decisions`, { body: approve })).status).toBe(200)
  const before = (await seen()).length
  const again = await ask()
  expect(again.body).toMatchObject({ id, claim: { token }, mayRead: false, pupil: { nik: '631106******0001' } })
  expect(await seen()).toHaveLength(before)
})

test('the counter sees the NIK masked, with a reason too', async () => {
  const { operator, id } = await setUp()
  const loket = await operator('loket', 'loket')
  const answer = await loket('GET', `/api/applications/${id}?reason=alasan%20rekaan`)
  expect(answer.body).toMatchObject({ pupil: { nik: '631106******0001', masked: true } })
})

test('the role of the current stage and supervisors read without a reason, and it is logged', async () => {
  const { operator, id, seen } = await setUp()
  for (const role of ['verifikator', 'supervisor'] as const) {
    const answer = await (await operator(role, role))('GET', `/api/applications/${id}`)
    expect(answer.body).toMatchObject({ mayRead: true, pupil: { nik: '6311060107150001' } })
  }
  expect(await seen()).toMatchObject([{ what: 'nik' }, { what: 'nik' }])
})

test('a case that is claimed ahead is logged as fetched ahead, and as viewed once it is shown', async () => {
  const { operator, submit, picture, database } = await setUp()
  const document = await picture()
  const ahead = await submit([document])
  await submit()
  const siti = await operator('siti', 'verifikator')
  await siti('POST', '/api/queue/claim', { body: {} })
  const second = await siti('POST', '/api/queue/claim', { body: {} })
  expect(second.body).toMatchObject({ id: ahead, claim: { prefetch: true } })
  // the console reads what it holds again and again
  for (let times = 0; times < 3; times++) expect((await siti('GET', '/api/claims')).status).toBe(200)
  expect((await siti('GET', `/api/applications/${ahead}/documents/${document.id}`)).status).toBe(200)
  expect((await siti('POST', `/api/applications/${ahead}/views`, { body: { documents: [document.id] } })).status).toBe(
    204,
  )
  const logged = await views(database).find({ application: ahead }).lean()
  const told = logged.map(({ what, how }) => `${what} ${how}`).toSorted()
  expect(told).toEqual(['document prefetch', 'document view', 'nik prefetch', 'nik view'])
  // once it is the current one, its view is logged already
  const { token } = at(second, 'claim') as { token: string }
  expect((await siti('POST', `/api/applications/${ahead}/renew`, { body: { token } })).status).toBe(200)
  await siti('GET', '/api/claims')
  expect(await views(database).countDocuments({ application: ahead })).toBe(logged.length)
  const third = await siti('POST', '/api/queue/claim', { body: {} })
  expect([third.status, at(third, 'kind')]).toEqual([409, 'claim-limit'])
})

test('a view of a document of another case is not taken', async () => {
  const { operator, submit, document } = await setUp()
  const other = await submit()
  const siti = await operator('siti', 'verifikator')
  const body = { documents: [document.id] }
  expect((await siti('POST', `/api/applications/${other}/views`, { body })).status).toBe(404)
  expect((await siti('GET', `/api/applications/${other}/documents/${document.id}`)).status).toBe(404)
})

test('a draft is its coordinator’s own', async () => {
  const { operator, queue, clock } = await setUp()
  const draft = 'draf-rekaan'
  await queue.drafts.save({
    draft,
    coordinator: 'koordinator',
    chat: 'chat',
    npsn: '69900001',
    step: 'name',
    answers: {},
    files: [],
    at: clock.at,
    turn: 1,
  })
  const boss = await operator('bos', 'supervisor')
  for (const url of ['', '/deliveries', '/views', '/documents/x']) {
    expect((await boss('GET', `/api/applications/${draft}${url}`)).status).toBe(404)
  }
  expect(at(await boss('GET', '/api/applications'), 'items.length')).toBe(1)
})
