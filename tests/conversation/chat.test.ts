import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { span } from './fixture.ts'
import type { Fixture } from './fixture.ts'
import { World } from './world.ts'

const node = new URL('../../node_modules/.bin/node', import.meta.url).pathname
const script = new URL('../../scripts/chat.ts', import.meta.url).pathname

function play(lines: readonly string[], ...options: readonly string[]): string {
  const input = lines.map((line) => `${line}\n`).join('')
  const run = spawnSync(node, [script, '--clock', '2026-12-07T01:10:00Z', ...options], { input, encoding: 'utf8' })
  expect(run.stderr.replaceAll(/\(.*Warning.*\)|.*Warning.*\n/g, '')).toBe('')
  return run.stdout
}

test('a session in the terminal is saved as a fixture that replays word for word', { timeout: 30_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'chat-'))
  try {
    const path = join(folder, 'z-own.json')
    const lines = [
      'ajukan',
      '1',
      'Siti Rekaan',
      '6311065402160003',
      'ya',
      ':wait 2h',
      '4A',
      ':files 2',
      ':fail 1',
      ':sticker',
      ':choice NANTI',
    ]
    expect(play(lines, '--known', '--save', path)).toContain('10 turns saved')
    const fixture = JSON.parse(readFileSync(path, 'utf8')) as Fixture
    const world = new World(fixture.given, fixture.clock)
    for (const turn of fixture.turns) {
      if (turn.after) world.pass(span(turn.after))
      expect(world.say(turn.said).map((message) => message.text)).toEqual(turn.heard)
    }
    expect(world.drafts).toHaveLength(1)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
