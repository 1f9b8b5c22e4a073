import { expect, test } from 'vitest'
import { applicationById } from '../../src/models/application/changes.ts'
import { applications } from '../../src/models/application/kept.ts'
import { emptyApplication } from '../../src/models/application/purge.ts'
import { views } from '../../src/models/operator/views.ts'
import { newId } from '../../src/models/store/ids.ts'
import { at, NPSN, testService } from './support/service.ts'

async function setUp(names: readonly string[]) {
  const service = await testService()
  const { queue, clock } = service
  const coordinator = await service.coordinator('Wati Rekaan')
  const ids: string[] = []
  for (const [i, name] of names.entries()) {
    service.tick(60_000)
    const draft = newId(clock.at.getTime())
    await queue.submissions.submit({
      draft,
      coordinator,
      chat: 'chat',
      npsn: NPSN,
      reason: 'NEW',
      pupil: { name, nik: `631106010715${String(i + 1).padStart(4, '0')}`, birthDate: '2015-07-01', class: '=4A' },
      documents: [],
      findings: [],
      consent: { at: clock.at, by: coordinator, textVersion: '1', evidence: 'SETUJU' },
      transactionId: newId(),
    })
    ids.push(draft)
  }
  const ani = await service.operator('ani', 'siak')
  const find = async (body: object) => {
    const answer = await ani('POST', '/api/search', { body })
    const items = at(answer, 'items') as { pupil: { name: string } | null }[] | undefined
    return { answer, read: at(answer, 'read'), names: items?.map((item) => item.pupil?.name), next: at(answer, 'next') }
  }
  return { ...service, ids, ani, find, coordinator }
}

test('a ticket, a NIK, a school, a coordinator and words of a name each find what they mean', async () => {
  const { find, ids, database, coordinator } = await setUp(['Aisyah Contoh Putri', 'Aisya Contoh', 'Budi Rekaan'])
  const first = (await applicationById(database, ids[0]!))!
  expect(await find({ q: first.ticket!.toLowerCase().replace('-', '') })).toMatchObject({
    read: 'ticket',
    names: ['Aisyah Contoh Putri'],
  })
  expect(await find({ q: '6311 0601 0715 0003' })).toMatchObject({ read: 'nik', names: ['Budi Rekaan'] })
  expect((await find({ q: '6311060107159999' })).names).toEqual([])
  const page = await find({ q: NPSN, limit: 2 })
  expect(page).toMatchObject({ read: 'school', names: ['Budi Rekaan', 'Aisya Contoh'] })
  expect((await find({ q: NPSN, limit: 2, after: page.next })).names).toEqual(['Aisyah Contoh Putri'])
  expect((await find({ coordinator })).names).toHaveLength(3)
  // an equal word comes before one that is a slip away, whichever is newer
  expect(await find({ q: 'AISYAH contoh' })).toMatchObject({
    read: 'name',
    names: ['Aisyah Contoh Putri', 'Aisya Contoh'],
  })
  const named = await find({ q: 'contoh', limit: 1 })
  expect(named.names).toEqual(['Aisya Contoh'])
  const rest = await find({ q: 'contoh', limit: 1, after: named.next })
  expect(rest).toMatchObject({ names: ['Aisyah Contoh Putri'], next: undefined })
  expect((await find({ q: 'aisyah budi' })).names).toEqual([])
  expect((await find({ q: 'budi', stage: 'photo' })).names).toEqual([])
  expect((await find({ from: '2026-11-24', to: '2026-11-24' })).names).toHaveLength(3)
  expect((await find({ to: '2026-11-23' })).names).toEqual([])
  expect((await find({ q: '...' })).names).toEqual([])
  const offered = (await find({ q: 'rekaan' })).answer
  expect([at(offered, 'schools.0.npsn'), at(offered, 'coordinators.0.name')]).toEqual([NPSN, 'Wati Rekaan'])
})

test('a corrected name is found by the new one only, and the keys of a name go with the purge', async () => {
  const { find, ids, database, queue, clock, operator } = await setUp(['Aisyah Contoh'])
  const verifier = await operator('ver', 'verifikator')
  const claimed = await verifier('POST', '/api/queue/claim', { body: {} })
  const body = { token: at(claimed, 'claim.token'), changes: { name: 'Nurul Contoh' }, transactionId: 'c1' }
  expect((await verifier('POST', `/api/applications/${ids[0]}/correct`, { body })).status).toBe(200)
  expect([(await find({ q: 'aisyah' })).names, (await find({ q: 'nurul' })).names]).toEqual([[], ['Nurul Contoh']])
  expect((await queue.cases.get(ids[0]!)).stage).toBe('verification')
  expect(await emptyApplication(database, (await applicationById(database, ids[0]!))!, clock.at)).toBe(true)
  expect((await find({ q: 'nurul' })).names).toEqual([])
  expect(await applications(database).countDocuments({ nameKeys: { $exists: true } })).toBe(0)
})

test('a list and one row leave as files without formulas, and both are noted', async () => {
  const { ani, ids, database, operator } = await setUp(['=HYPERLINK("x")', 'Budi Rekaan'])
  const list = await ani('POST', '/api/search/export', { body: { npsn: NPSN, format: 'csv' } })
  expect([list.status, list.type, list.headers['content-disposition']]).toEqual([
    200,
    'text/csv; charset=utf-8',
    'attachment; filename="permohonan-2026-11-24.csv"',
  ])
  const lines = String(list.body).split('\r\n')
  expect(lines[1]).toContain("Budi Rekaan;631106******0002;'=4A;")
  expect(lines[2]).toContain('"\'=HYPERLINK(""x"")"')
  const xlsx = await ani('POST', '/api/search/export', { body: { q: 'budi', format: 'xlsx' } })
  expect((xlsx.body as Buffer).subarray(0, 2).toString()).toBe('PK')

  const of = (body: object) => ani('POST', `/api/applications/${ids[1]}/export`, { body })
  expect((await of({ format: 'csv' })).status).toBe(403)
  const whole = await of({ format: 'csv', reason: 'Diminta sekolah' })
  expect(String(whole.body)).toContain('Budi Rekaan;6311060107150002;2015-07-01')
  const loket = await operator('loket', 'loket')
  const asked = { body: { format: 'csv', reason: 'Ingin tahu' } }
  expect((await loket('POST', `/api/applications/${ids[1]}/export`, asked)).status).toBe(403)
  expect((await loket('POST', '/api/search/export', { body: { format: 'csv' } })).status).toBe(403)
  const noted = await views(database).find({ what: 'export' }).sort({ application: 1, rows: -1 }).lean()
  expect(noted.map(({ application, rows, operator: by }) => [application ?? null, rows, by === ani.id])).toEqual([
    [null, 2, true],
    [null, 1, true],
    [ids[1], 1, true],
  ])
})
