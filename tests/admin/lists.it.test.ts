import { expect, test } from 'vitest'
import { applications } from '../../src/models/application/kept.ts'
import { at, testService } from './support/service.ts'

test('any case is found by ticket as people type it, by school and by stage', async () => {
  const { operator, submit } = await testService()
  const [first, second] = [await submit(), await submit()]
  const siti = await operator('siti', 'verifikator')
  const ticket = String(at(await siti('GET', `/api/applications/${first}`), 'ticket'))
  const typed = ticket.toLowerCase().replace('-', '')
  expect(at(await siti('GET', `/api/applications?ticket=${typed}`), 'items')).toMatchObject([{ id: first, ticket }])
  expect((await siti('GET', '/api/applications?ticket=zzz')).body).toEqual({ total: 0, items: [] })
  const page = await siti('GET', '/api/applications?npsn=69900001&stage=verification&limit=1')
  expect(page.body).toMatchObject({ total: 2, items: [{ id: second }] })
  const rest = await siti('GET', `/api/applications?npsn=69900001&limit=1&after=${String(at(page, 'next'))}`)
  expect(rest.body).toMatchObject({ items: [{ id: first }] })
  expect(at(await siti('GET', `/api/applications?npsn=69900001&after=${String(at(rest, 'next'))}`), 'items')).toEqual(
    [],
  )
  expect(at(await siti('GET', '/api/applications'), 'next')).toBeUndefined()
  expect((await siti('GET', '/api/applications?stage=draft')).status).toBe(400)
})

test('a row that leaves its stage between two pages of a list brings no row again', async () => {
  const { operator, submit, database, clock } = await testService()
  const ids: string[] = []
  for (let i = 0; i < 3; i++) {
    ids.push(await submit())
    clock.at = new Date(clock.at.getTime() + 60_000)
  }
  const siti = await operator('siti', 'verifikator')
  const page = await siti('GET', '/api/applications?stage=verification&limit=2')
  expect(page.body).toMatchObject({ items: [{ id: ids[2] }, { id: ids[1] }] })
  await applications(database).updateOne({ _id: ids[1]! }, { $set: { stage: 'photo', stageAt: clock.at } })
  const rest = await siti('GET', `/api/applications?stage=verification&limit=2&after=${String(at(page, 'next'))}`)
  expect(at(rest, 'items')).toMatchObject([{ id: ids[0] }])
})
