import { expect, test } from 'vitest'
import { newId } from '../../src/models/store/ids.ts'
import { at, testService } from './support/service.ts'

test('a case shows the same pupil’s other applications and brothers and sisters, to who may read it', async () => {
  const { operator, submit, picture, queue } = await testService()
  const card = await picture('family_card')
  const first = await submit([card])
  const sibling = await submit([await picture('family_card')])
  const other = await submit()
  const siti = await operator('siti', 'verifikator')
  const boss = await operator('bos', 'supervisor')
  const loket = await operator('loket', 'loket')
  const kk = '6311061001150001'
  for (let i = 0; i < 3; i++) {
    const claimed = await boss('POST', '/api/queue/claim')
    const id = String(at(claimed, 'id'))
    const token = at(claimed, 'claim.token')
    const changes = id === other ? { class: '5B' } : { kk }
    const body = { token, changes, transactionId: newId() }
    expect((await boss('POST', `/api/applications/${id}/correct`, { body })).status).toBe(200)
    await boss('POST', `/api/applications/${id}/decisions`, {
      body: { token, action: 'return', reasons: ['RR_FAMILY_CARD_CUT'], transactionId: newId() },
    })
  }
  // the same NIK once more, for another reason than the open one
  const { pupil } = await queue.cases.get(first)
  const draft = newId()
  await queue.submissions.submit({
    draft,
    coordinator: 'koordinator',
    chat: 'chat',
    npsn: '69900001',
    reason: 'LOST',
    pupil: pupil!,
    documents: [],
    findings: [],
    consent: { at: new Date(), by: 'koordinator', textVersion: '1', evidence: 'SETUJU' },
    transactionId: newId(),
  })

  const related = await boss('GET', `/api/applications/${first}/related`)
  expect(at(related, 'items')).toMatchObject([
    { id: draft, by: 'nik', reason: 'LOST', stage: 'verification' },
    { id: sibling, by: 'kk', name: 'Murid Rekaan 2', school: { name: 'SDN Rekaan 1' } },
  ])
  const history = at(await boss('GET', `/api/applications/${first}`), 'history') as { action: string }[]
  expect(history.find(({ action }) => action === 'correct')).toMatchObject({ changes: [{ field: 'kk', after: kk }] })

  // a returned one is nobody's stage: a reason, and the counter never
  const url = `/api/applications/${first}/related`
  expect((await siti('GET', url)).status).toBe(403)
  expect((await siti('GET', `${url}?reason=Dicari%20orang%20tua`)).status).toBe(200)
  expect((await loket('GET', `${url}?reason=Dicari%20orang%20tua`)).status).toBe(403)
  const masked = at(await siti('GET', `/api/applications/${first}`), 'history') as { action: string }[]
  expect(masked.find(({ action }) => action === 'correct')).toMatchObject({
    changes: [{ field: 'kk', after: '631106******0001' }],
  })
})
