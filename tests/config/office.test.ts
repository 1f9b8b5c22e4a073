import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadOffice, OfficeFileError, parseOffice } from '../../src/config/office.ts'

const balangan = readFileSync('office/balangan.yaml', 'utf8')
const problemsOf = (text: string): readonly string[] => {
  try {
    parseOffice(text, 'x.yaml')
  } catch (error) {
    if (error instanceof OfficeFileError) return error.problems
    throw error
  }
  return []
}
const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length

test('the office file of Balangan and the example of another district are usable', () => {
  expect(loadOffice('office/balangan.yaml').identity.areaCode).toBe('6311')
  expect(loadOffice('office/contoh.yaml').identity.areaCode).not.toBe('6311')
})

test('a file that is not there is named', () => {
  expect(() => loadOffice('office/nowhere.yaml')).toThrow('office/nowhere.yaml: cannot be read (ENOENT)')
})

test('a wrong value is named with its line and its path', () => {
  const text = balangan.replace('timeZone: Asia/Makassar', 'timeZone: Asia/Nowhere')
  expect(problemsOf(text)).toEqual([
    `x.yaml:${lineOf(text, 'Asia/Nowhere')}: hours.timeZone: must be an IANA time zone`,
  ])
})

test('a field that nobody knows is named, so that a typing error is not silently ignored', () => {
  const text = balangan.replace('quiet:', 'quite:')
  expect(problemsOf(text).join('\n')).toMatch(/x\.yaml:\d+: hours.*quite/)
})

test('two return reasons may not share a letter', () => {
  const text = balangan.replace('letter: L,', 'letter: F,')
  expect(problemsOf(text)).toEqual([expect.stringContaining(`x.yaml:${lineOf(text, 'RR_PORTRAIT_BACKGROUND')}:`)])
})

test('text that is no YAML is refused with its line', () => {
  expect(problemsOf('identity: [')[0]).toMatch(/^x\.yaml:1: /)
})

test('an empty file is refused', () => {
  expect(problemsOf('').length).toBeGreaterThan(0)
})
