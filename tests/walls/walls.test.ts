import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { tmpdir } from 'node:os'
import { beforeAll, expect, test } from 'vitest'

const importing = (from: string) => `import { x } from '${from}'\nexport const y = x\n`
const typing = (from: string) => `import type { X } from '${from}'\nexport type Y = X\n`

const BREAKING = [
  ['src/models/probe-1.ts', '../config/env.ts'],
  ['src/models/chat/probe.ts', '../../queue/fairness.ts'],
  ['src/conversation/probe-1.ts', '../queue/fairness.ts'],
  ['src/conversation/flows/probe.ts', '../../bots/channel.ts'],
  ['src/queue/probe-1.ts', '../conversation/engine.ts'],
  ['src/media/probe.ts', '../bots/channel.ts'],
  ['src/notify/probe.ts', '../queue/relay.ts'],
  ['src/bots/telegram/probe.ts', '../webchat/webchat.ts'],
  ['src/bots/probe.ts', '../media/blobs.ts'],
  ['src/admin/routes/probe-1.ts', '../../queue/ticket-queue.ts'],
  ['src/admin/probe-1.ts', '../notify/rules.ts'],
  ['src/admin/views/probe.ts', '../../media/media.ts'],
  ['src/queue/work/probe.ts', '../../notify/rules.ts'],
  ['src/queue/probe-4.ts', '../app.ts'],
  ['src/stores/probe.ts', '../app.ts'],
  ['src/dev/probe.ts', '../app.ts'],
  ['src/queue/probe-3.ts', '../dev/stores.ts'],
  ['src/queue/probe-6.ts', '../house.ts'],
  ['src/admin/console/probe-1.ts', '../contract/queue.ts'],
  ['src/admin/console/probe-2.ts', '../../models/store/errors.ts'],
  ['src/admin/console/probe-4.ts', '../../queue/fairness/fairness.ts'],
] as const
/** Not even the types: what wires the house, and what models are made of. */
const BREAKING_TYPES = [
  ['src/models/probe-2.ts', '../queue/ticket-queue.ts'],
  ['src/queue/probe-5.ts', '../app.ts'],
  ['src/admin/routes/probe-3.ts', '../../house.ts'],
  ['src/bots/telegram/probe-2.ts', '../webchat/webchat.ts'],
] as const
const KEEPING = [
  ['src/queue/probe-2.ts', importing('../models/store/ids.ts')],
  ['src/conversation/probe-2.ts', importing('../config/office.ts')],
  ['src/media/probe-2.ts', typing('../queue/jobs.ts')],
  ['src/bots/probe-3.ts', typing('../admin/deps.ts')],
  ['src/admin/routes/probe-2.ts', typing('../../queue/ticket-queue.ts')],
  ['src/admin/probe-2.ts', typing('../media/media.ts')],
  ['src/conversation/probe-3.ts', typing('../queue/ticket-queue.ts')],
  ['src/queue/work/probe-2.ts', typing('../../notify/notifier.ts')],
  ['src/bots/probe-2.ts', typing('../media/blobs.ts')],
  ['src/admin/console/probe-3.ts', typing('../contract/queue.ts')],
  ['src/admin/console/probe-5.ts', importing('../../models/application/application.ts')],
  ['src/app.ts', importing('./queue/relay.ts')],
] as const

const PROBES = [
  ...BREAKING.map(([path, from]) => [path, importing(from)] as const),
  ...BREAKING_TYPES.map(([path, from]) => [path, typing(from)] as const),
  ...KEEPING,
]

type Report = { number_of_files: number; diagnostics: { filename: string; code: string }[] }
let report: Report

// one run of the linter, with the house's rules, over files that break its walls and files that keep inside
beforeAll(() => {
  const root = resolve('.')
  const house = mkdtempSync(join(tmpdir(), 'smart-kids-walls-'))
  try {
    for (const file of ['.oxlintrc.json', 'tsconfig.json']) cpSync(join(root, file), join(house, file))
    symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'))
    for (const [path, source] of PROBES) {
      mkdirSync(dirname(join(house, path)), { recursive: true })
      writeFileSync(join(house, path), source)
    }
    report = JSON.parse(lint(root, house)) as Report
  } finally {
    rmSync(house, { recursive: true, force: true })
  }
})

function lint(root: string, house: string): string {
  const options = { cwd: house, encoding: 'utf8', stdio: 'pipe' } as const
  try {
    return execFileSync(join(root, 'node_modules/.bin/oxlint'), ['--format', 'json', 'src'], options)
  } catch (error) {
    // it found something, as it should
    if (error && typeof error === 'object' && 'stdout' in error) return String(error.stdout)
    throw error
  }
}
const found = (path: string): string[] =>
  report.diagnostics.filter(({ filename }) => filename === path).map(({ code }) => code)

test('the linter looked at every file', () => {
  expect(report.number_of_files).toBe(PROBES.length)
})

test.each(BREAKING)('%s may not import %s', (path) => {
  expect(found(path)).toContain('eslint(no-restricted-imports)')
})

test.each(BREAKING_TYPES)('%s may not import a type of %s', (path) => {
  expect(found(path)).toContain('eslint(no-restricted-imports)')
})

test.each(KEEPING)('%s may hold an import inside its walls', (path) => {
  expect(found(path)).toEqual([])
})
