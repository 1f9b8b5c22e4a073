import { expect, test } from 'vitest'
import { KEYS, surfaceOf } from '../../../src/admin/console/keys/table.ts'
import type { KeyRow, SurfaceName } from '../../../src/admin/console/keys/table.ts'

const NAMES = Object.keys(KEYS) as SurfaceName[]
const rows = (name: SurfaceName): KeyRow[] => Object.values(surfaceOf(name).keys)
const heard = (name: SurfaceName): string[] => rows(name).flatMap((row) => (row.native ? [] : row.keys))
const twice = (keys: readonly string[]): string[] => keys.filter((key, i) => keys.indexOf(key) !== i)

test('no key means two things at once: on a page with what holds everywhere, or in what lies over it', () => {
  const pages = NAMES.filter((name) => !surfaceOf(name).over && name !== 'everywhere')
  expect(pages.flatMap((name) => twice([...heard(name), ...heard('everywhere')]))).toEqual([])
  const over = NAMES.filter((name) => surfaceOf(name).over)
  expect(over.flatMap((name) => twice(heard(name)))).toEqual([])
})

test('a key that begins a pair means nothing by itself anywhere on a page', () => {
  const firsts = heard('everywhere').flatMap((key) => (/^\S \S$/.test(key) ? [key[0]!] : []))
  const pages = NAMES.filter((name) => !surfaceOf(name).over)
  expect(firsts).not.toEqual([])
  expect(pages.filter((name) => heard(name).some((key) => firsts.includes(key)))).toEqual([])
})

test('every key is named once in a way that a list can show, with what it does', () => {
  for (const name of NAMES) {
    const said = rows(name).map(({ keys, shown }) => shown ?? keys[0])
    expect(twice(said)).toEqual([])
    expect(rows(name).every(({ does }) => does !== '')).toBe(true)
  }
})
