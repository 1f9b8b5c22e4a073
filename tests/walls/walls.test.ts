import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = resolve('.')
let house: string

/** A copy of the house's rules around one file that breaks a wall. */
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'smart-kids-walls-'))
  cpSync(join(root, '.oxlintrc.json'), join(house, '.oxlintrc.json'))
  cpSync(join(root, 'tsconfig.json'), join(house, 'tsconfig.json'))
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'))
})
afterAll(() => rmSync(house, { recursive: true, force: true }))

/** What the linter says of `source` at `path`; empty when it has nothing to say. */
function lint(path: string, source: string): string {
  const file = join(house, path)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, source)
  try {
    execFileSync(join(root, 'node_modules/.bin/oxlint'), [path], { cwd: house, encoding: 'utf8', stdio: 'pipe' })
    return ''
  } catch (error) {
    return error && typeof error === 'object' && 'stdout' in error ? String(error.stdout) : 'the linter did not run'
  } finally {
    rmSync(file)
  }
}
const importing = (from: string, what = 'import { x }') => `${what} from '${from}'\nexport const y = x\n`
const typing = (from: string) => `import type { X } from '${from}'\nexport type Y = X\n`

test.each([
  ['src/models/probe.ts', '../config/env.ts'],
  ['src/models/mongo/probe.ts', '../../queue/fairness.ts'],
  ['src/conversation/probe.ts', '../queue/fairness.ts'],
  ['src/conversation/flows/probe.ts', '../../bots/channel.ts'],
  ['src/queue/probe.ts', '../conversation/engine.ts'],
  ['src/media/probe.ts', '../bots/channel.ts'],
  ['src/notify/probe.ts', '../queue/relay.ts'],
  ['src/bots/telegram/probe.ts', '../webchat/webchat.ts'],
  ['src/bots/probe.ts', '../media/blobs.ts'],
  ['src/admin/routes/probe.ts', '../../queue/ticket-queue.ts'],
  ['src/admin/probe.ts', '../notify/rules.ts'],
  ['src/stores/probe.ts', '../app.ts'],
  ['src/admin/console/probe.ts', '../contract/queue.ts'],
  ['src/admin/console/probe.ts', '../../models/application.ts'],
])('%s may not import %s', (path, from) => {
  expect(lint(path, importing(from))).toContain('no-restricted-imports')
})

test.each([
  ['src/queue/probe.ts', importing('../models/ids.ts')],
  ['src/conversation/probe.ts', importing('../config/office.ts')],
  ['src/admin/routes/probe.ts', typing('../../queue/ticket-queue.ts')],
  ['src/admin/console/probe.ts', typing('../contract/queue.ts')],
  ['src/app.ts', importing('./queue/relay.ts')],
])('%s may hold an import inside its walls', (path, source) => {
  expect(lint(path, source)).toBe('')
})
