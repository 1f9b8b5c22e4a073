import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

const CONSOLE = 'src/admin/console/'
const MODELS = 'src/models/'
type Import = { from: string; types: boolean }

/** What a source imports or hands on; what is typed alone is gone when it runs. */
function importsOf(source: string): Import[] {
  const named = source.matchAll(/^(?:import|export)\s+(type\s)?[^'"=(;]*?from\s+'([^']+)'/gm)
  const bare = source.matchAll(/(?:^import\s+|\bimport\(\s*)'([^']+)'/gm)
  return [
    ...[...named].map(([, type, from]) => ({ from: from!, types: type !== undefined })),
    ...[...bare].map(([, from]) => ({ from: from!, types: false })),
  ]
}

/** What stands between `path` and being pure: a way to something that is neither a noun's nor without libraries. */
function impurity(path: string, read: (path: string) => string, seen = new Set<string>()): string | undefined {
  if (!path.startsWith(MODELS)) return path
  if (seen.has(path)) return undefined
  seen.add(path)
  for (const { from, types } of importsOf(read(path))) {
    if (types) continue
    const found = from.startsWith('.') ? impurity(normalize(join(dirname(path), from)), read, seen) : from
    if (found !== undefined) return `${path} → ${found}`
  }
  return undefined
}

/** Why a file of the console may not import this; undefined where it may. */
function refused(path: string, { from, types }: Import, read: (path: string) => string): string | undefined {
  if (!from.startsWith('.')) return undefined
  const target = normalize(join(dirname(path), from))
  if (target.startsWith(CONSOLE)) return undefined
  if (types && target.startsWith('src/admin/contract/')) return undefined
  return impurity(target, read)
}

const read = (path: string): string => readFileSync(path, 'utf8')

test('the console takes from the server types of the contract, and of nouns what needs no library', () => {
  const files = globSync(`${CONSOLE}**/*.{ts,tsx}`)
  const wrong = files.flatMap((path) =>
    importsOf(read(path)).flatMap((one) => {
      const why = refused(path, one, read)
      return why === undefined ? [] : [`${path}: ${why}`]
    }),
  )
  expect(files.length).toBeGreaterThan(100)
  expect(wrong).toEqual([])
})

test('a file of a noun that reaches a library by any way is refused, and one that types it alone is not', () => {
  const house: Record<string, string> = {
    'src/models/a/pure.ts': "import type { Model } from 'mongoose'\nimport { rule } from './rule.ts'\n",
    'src/models/a/rule.ts': "import type { Kept } from './kept.ts'\nexport const rule = 1\n",
    'src/models/a/kept.ts': "import { Schema } from 'mongoose'\n",
    'src/models/a/near.ts': "export {\n  kept,\n} from './kept.ts'\n",
    'src/models/a/node.ts': "import { createHash } from 'node:crypto'\n",
    'src/models/a/outside.ts': "import { office } from '../../config/office.ts'\n",
  }
  const why = (from: string, types = false) =>
    refused('src/admin/console/x.ts', { from, types }, (path) => house[path]!)
  expect(why('../../models/a/pure.ts')).toBeUndefined()
  expect(why('../../models/a/near.ts')).toBe('src/models/a/near.ts → src/models/a/kept.ts → mongoose')
  expect(why('../../models/a/kept.ts', true)).toBe('src/models/a/kept.ts → mongoose')
  expect(why('../../models/a/node.ts')).toBe('src/models/a/node.ts → node:crypto')
  expect(why('../../models/a/outside.ts')).toBe('src/models/a/outside.ts → src/config/office.ts')
  expect(why('../contract/queue.ts')).toBe('src/admin/contract/queue.ts')
  expect(why('../contract/queue.ts', true)).toBeUndefined()
})

test('nobody but the keyboard of the console listens for keys: each stands in its table', () => {
  const listens = /\bonKey(?:Down|Up|Press)\b|addEventListener\(\s*'key/
  const files = globSync(`${CONSOLE}**/*.{ts,tsx}`).filter((path) => listens.test(read(path)))
  expect(files).toEqual([`${CONSOLE}keys/keyboard.ts`])
})
