import { beforeEach, expect, test } from 'vitest'
import type { Database } from '../../../src/models/store/connect.ts'
import {
  enrolmentOf,
  findSchool,
  listSchools,
  schoolsByNpsn,
  storeSchools,
} from '../../../src/models/school/schools.ts'
import { SAMPLE_SCHOOLS } from '../../../src/dev/sample-schools.ts'
import { testDatabase } from '../../support/stores.ts'

let database: Database
beforeEach(async () => {
  database = await testDatabase()
})

test('sample schools are stored once, and a second start changes nothing', async () => {
  expect(await storeSchools(database, SAMPLE_SCHOOLS)).toBe(30)
  expect(await storeSchools(database, SAMPLE_SCHOOLS)).toBe(0)
  expect(await findSchool(database, '69900014')).toEqual(SAMPLE_SCHOOLS[13])
  expect(await findSchool(database, '30312345')).toBeUndefined()
  expect(await storeSchools(database, [])).toBe(0)
})

test('an import updates what is known', async () => {
  const school = { npsn: '30312345', name: 'SDN Contoh', kecamatan: 'Juai', enrolled: null, sample: false }
  await storeSchools(database, [school])
  expect(await enrolmentOf(database, school.npsn)).toBeNull()
  expect(await storeSchools(database, [{ ...school, name: 'SDN Contoh Baru', enrolled: 90 }])).toBe(1)
  expect(await findSchool(database, school.npsn)).toEqual({ ...school, name: 'SDN Contoh Baru', enrolled: 90 })
  expect(await enrolmentOf(database, school.npsn)).toBe(90)
  expect(await enrolmentOf(database, '00000000')).toBeNull()
})

test('schools are listed in pages and found by a part of their name or the beginning of their NPSN', async () => {
  await storeSchools(database, SAMPLE_SCHOOLS)
  const first = await listSchools(database, { limit: 20 })
  const rest = await listSchools(database, { limit: 20, after: first.at(-1)?.npsn })
  expect([...first, ...rest]).toEqual(SAMPLE_SCHOOLS)
  expect((await listSchools(database, { limit: 50, q: 'contoh 14' })).map(({ npsn }) => npsn)).toEqual(['69900014'])
  expect(await listSchools(database, { limit: 50, q: '6990003' })).toHaveLength(1)
  expect(await listSchools(database, { limit: 50, q: '.*' })).toEqual([])
  const known = await schoolsByNpsn(database, ['69900014', '69900014', '00000000'])
  expect([...known.values()]).toMatchObject([{ npsn: '69900014', name: 'SDN Contoh 14' }])
})
