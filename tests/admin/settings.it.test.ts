import { expect, test } from 'vitest'
import { PolicyPreview, SettingsView } from '../../src/admin/contract/settings.ts'
import { followSettings, settableOffice } from '../../src/config/office-settings.ts'
import { createLog } from '../../src/config/log.ts'
import { loadOffice } from '../../src/config/office.ts'
import { at, testService } from './support/service.ts'

async function setUp() {
  const service = await testService()
  const boss = await service.operator('bos', 'supervisor')
  const read = async () => SettingsView.parse((await boss('GET', '/api/settings')).body)
  const put = (body: object) => boss('PUT', '/api/settings', { body })
  return { ...service, boss, read, put }
}

test('a changed holiday, reason or policy holds at once, is written down, and reaches other processes', async () => {
  const { boss, read, put, queue, database } = await setUp()
  const { rev, holidays, returnReasons, fairness } = await read()
  const first = returnReasons[0]!
  const used = new Set(returnReasons.map((reason) => reason.letter))
  const letter = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('').find((one) => !used.has(one))!
  const added = { ...first, code: 'RR_REKAAN', letter, label: 'Alasan rekaan' }
  const changed = await put({
    rev,
    holidays: [...holidays, { date: '2026-11-25', name: 'Hari rekaan' }],
    returnReasons: [{ ...first, label: 'Kata lain' }, ...returnReasons.slice(1), added],
    fairness: { ...fairness, batch: 7 },
  })
  expect(changed.status).toBe(200)
  expect((await read()).rev).toBe(rev + 1)
  expect(queue.calendar().openTimeOn('2026-11-25')).toBe(0)
  const reasons = await boss('GET', '/api/reasons')
  expect(at(reasons, 'return.0.label')).toBe('Kata lain')
  expect(at(reasons, `return.${returnReasons.length}.code`)).toBe('RR_REKAAN')
  expect(at(await boss('GET', '/api/office'), 'batch')).toBe(7)

  const office = settableOffice(loadOffice('office/balangan.yaml'))
  const before = office.current()
  await followSettings({ database, office, log: createLog('fatal') })()
  const elsewhere = office.current()
  expect(elsewhere.fairness.batch).toBe(7)
  expect(elsewhere.hours.holidays.at(-1)?.name).toBe('Hari rekaan')
  // whoever is about to decide by what they took decides by it
  expect(before.fairness.batch).not.toBe(7)
  // what is not changed stays as the file has it
  expect(elsewhere.fairness.stride).toBe(1000)
  const log = await boss('GET', '/api/audit?from=2026-11-24T00:00:00.000Z&to=2026-11-25T00:00:00.000Z&kind=office')
  // what changed, from what to what
  const lines = at(log, 'items') as { what: string; subject: string; detail: string }[]
  const detail = (subject: string) => lines.find((line) => line.subject === subject)?.detail
  expect(detail('holidays')).toBe('2026-11-25 date: – → 2026-11-25; 2026-11-25 name: – → Hari rekaan')
  expect(detail('fairness')).toBe(`batch: ${fairness.batch} → 7`)
  expect(detail('returnReasons')).toContain(`${first.code} label: ${first.label} → Kata lain`)
})

test('a retired reason is no longer offered nor taken, and old cases still have its words', async () => {
  const { boss, read, put, submit } = await setUp()
  const id = await submit()
  const { rev, returnReasons } = await read()
  const { code, label } = returnReasons[0]!
  const claimed = await boss('POST', '/api/queue/claim')
  const send = (reason: string, transactionId: string) =>
    boss('POST', `/api/applications/${id}/decisions`, {
      body: { token: at(claimed, 'claim.token'), action: 'return', reasons: [reason], transactionId },
    })
  await put({ rev, returnReasons: [{ ...returnReasons[0]!, retired: true }, ...returnReasons.slice(1)] })
  const reasons = await boss('GET', '/api/reasons')
  expect((at(reasons, 'return') as { code: string }[]).map((one) => one.code)).not.toContain(code)
  expect(at(reasons, 'retired')).toEqual([{ code, label }])
  expect((await send(code, 't1')).status).toBe(422)
  // what the print date sets by itself cannot be retired
  const all = (await read()).returnReasons
  const five = all.map((one) => (one.code === 'RR_TURNED_FIVE' ? { ...one, retired: true } : one))
  expect((await put({ rev: rev + 1, returnReasons: five })).status).toBe(422)
  // and a retired one can be offered again
  const { retired: _, ...again } = all[0]!
  await put({ rev: rev + 1, returnReasons: [again, ...all.slice(1)] })
  expect((await send(code, 't2')).body).toMatchObject({ stage: 'returned', returnReasons: [code] })
})

test('what breaks a rule of the office file is refused whole, with the place', async () => {
  const { read, put, boss, operator } = await setUp()
  const { rev, returnReasons } = await read()
  const [first, second, ...others] = returnReasons
  const twice = await put({ rev, returnReasons: [first, { ...second, letter: first!.letter }, ...others] })
  expect(twice.status).toBe(422)
  expect(JSON.stringify(at(twice, 'issues'))).toContain('used twice')
  expect((await put({ rev, returnReasons: returnReasons.slice(1) })).status).toBe(422)
  const free = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
    .split('')
    .find((one) => !returnReasons.some((reason) => reason.letter === one))
  const renamed = await put({ rev, returnReasons: [{ ...first, letter: free }, second, ...others] })
  expect(JSON.stringify(at(renamed, 'issues'))).toContain('never reused')
  expect((await put({ rev, holidays: [{ date: '2026-13-01', name: 'Bukan hari' }] })).status).toBe(400)
  expect((await read()).rev).toBe(rev)
  const clerk = await operator('siti', 'verifikator')
  expect((await clerk('GET', '/api/settings')).status).toBe(403)

  // two supervisors at once: the second is told, and loses nothing that was stored
  expect((await put({ rev, holidays: [] })).status).toBe(200)
  expect((await boss('PUT', '/api/settings', { body: { rev, holidays: [] } })).status).toBe(409)
})

test('the preview shows what a policy would do to what waits, and changes nothing', async () => {
  const { boss, submit, read } = await setUp()
  for (let i = 0; i < 3; i++) await submit()
  const answer = await boss('POST', '/api/settings/fairness-preview', { body: { policy: 'fifo', batch: 5 } })
  expect(PolicyPreview.parse(answer.body)).toEqual({
    files: 3,
    schools: [
      {
        school: { npsn: '69900001', name: 'SDN Rekaan 1' },
        files: 3,
        present: { first: 1, last: 3 },
        wished: { first: 1, last: 3 },
      },
    ],
  })
  expect((await read()).rev).toBe(0)
})
