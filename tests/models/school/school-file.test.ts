import { expect, test } from 'vitest'
import { SAMPLE_SCHOOLS } from '../../../src/dev/sample-schools.ts'
import { parseSchoolFile } from '../../../src/models/school/school-file.ts'

test('a school file is read with commas or semicolons, quotes and any order of columns', () => {
  const expected = [
    { npsn: '30312345', name: 'SDN Contoh "Satu", Paringin', kecamatan: 'Paringin', enrolled: 120, sample: false },
    { npsn: 'P1234567', name: 'PKBM Contoh', kecamatan: 'Juai', enrolled: null, sample: false },
  ]
  const commas =
    'npsn,name,kecamatan,enrolled\r\n30312345,"SDN Contoh ""Satu"", Paringin",Paringin,120\r\np1234567,PKBM  Contoh,Juai,\r\n'
  const semicolons =
    '\u{feff}Enrolled;NPSN;Kecamatan;Name\n120;3031-2345;Paringin;"SDN Contoh ""Satu"", Paringin"\n;P1234567;Juai;PKBM Contoh\n\n'
  expect(parseSchoolFile(commas)).toEqual({ schools: expected, problems: [] })
  expect(parseSchoolFile(semicolons)).toEqual({ schools: expected, problems: [] })
})

test('every bad line is named and the good ones are kept', () => {
  const file = [
    'npsn,name,kecamatan,enrolled',
    '30312345,SDN Contoh 1,Paringin,120',
    '3031234,SDN Contoh 2,Paringin,120',
    '30312347,,Paringin,120',
    '30312348,SDN Contoh 4,,120',
    '30312349,SDN Contoh 5,Juai,banyak',
    '30312345,SDN Contoh 6,Juai,10',
    '30312350,SDN Contoh 7,Juai',
    '"30312351","SDN',
    'Contoh 8",Juai,-1',
  ].join('\n')
  const { schools, problems } = parseSchoolFile(file)
  expect(schools.map(({ npsn }) => npsn)).toEqual(['30312345'])
  expect(problems.map((problem) => /^line (\d+): /.exec(problem)?.[1])).toEqual(['3', '4', '5', '6', '7', '8', '9'])
})

test('a file without its header, or without schools, says so', () => {
  expect(parseSchoolFile('npsn,nama\n30312345,SDN').problems).toEqual([
    'line 1: the header lacks name, kecamatan, enrolled (expected npsn,name,kecamatan,enrolled)',
  ])
  expect(parseSchoolFile('npsn,name,kecamatan,enrolled\n').problems).toEqual(['the file has no schools'])
  expect(parseSchoolFile('').problems).toHaveLength(1)
})

test('there are thirty sample schools with made-up names over eight kecamatan', () => {
  expect(SAMPLE_SCHOOLS).toHaveLength(30)
  expect(SAMPLE_SCHOOLS.at(0)?.npsn).toBe('69900001')
  expect(SAMPLE_SCHOOLS.at(-1)?.npsn).toBe('69900030')
  expect(SAMPLE_SCHOOLS[13]).toMatchObject({ npsn: '69900014', name: 'SDN Contoh 14', sample: true })
  expect(SAMPLE_SCHOOLS.every(({ name }) => name.includes('Contoh'))).toBe(true)
  expect(new Set(SAMPLE_SCHOOLS.map(({ kecamatan }) => kecamatan)).size).toBe(8)
  expect(new Set(SAMPLE_SCHOOLS.map(({ name }) => name)).size).toBe(30)
})
