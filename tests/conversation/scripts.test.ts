import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { span } from './fixture.ts'
import type { Fixture } from './fixture.ts'
import { World } from './world.ts'

const folder = new URL('scripts/', import.meta.url)
const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
const read = (file: string): Fixture => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Fixture

test('all fourteen golden dialogues are here', () => {
  expect(files.map((file) => file.slice(0, 2))).toEqual(
    expect.arrayContaining('abcdefghijklmn'.split('').map((letter) => `${letter}-`)),
  )
})

describe.each(files)('%s', (file) => {
  const { name, clock, given, turns } = read(file)
  test(`is said word for word: ${name}`, () => {
    const world = new World(given, clock)
    for (const [i, turn] of turns.entries()) {
      if (turn.after) world.pass(span(turn.after))
      const heard = world.say(turn.said).map((message) => message.text)
      expect(heard, `turn ${i + 1}: ${JSON.stringify(turn.said)}`).toEqual(turn.heard)
      if (turn.state) expect(world.session, `state after turn ${i + 1}`).toMatchObject(turn.state)
    }
    expect(world.lostFiles()).toEqual([])
  })
})

/** Turns of one pupil: everything said from the reason (or the YA) to KIRIM. */
function turnsOf(file: string, from: string): number {
  const { turns } = read(file)
  const first = turns.findIndex((turn) => 'text' in turn.said && turn.said.text === from)
  const last = turns.findIndex((turn, i) => i > first && turn.heard.some((text) => text.includes('Nomor antrean *')))
  return last - first + 1
}

test('an ordinary pupil takes at most 8 turns when the documents come as an album', () => {
  expect(turnsOf('a-first-pupil-album.json', '1')).toBeLessThanOrEqual(8)
})
test('an ordinary pupil takes at most 12 turns when the documents come singly', () => {
  expect(turnsOf('b-same-class-singly.json', 'ya')).toBeLessThanOrEqual(12)
})
test('a first pupil sent singly still takes at most 12 turns', () => {
  const world = new World()
  let turns = 0
  const say = (said: Parameters<World['say']>[0]): string => {
    turns += 1
    return world.say(said).at(-1)?.text ?? ''
  }
  world.say({ text: 'ajukan' })
  for (const text of ['1', 'Siti Rekaan', '6311065402160003', 'ya', '4A']) say({ text })
  for (let i = 0; i < 3; i++) say({ files: [{}] })
  say({ text: 'cukup' })
  say({ files: [{}] })
  expect(say({ text: 'kirim' })).toContain('Nomor antrean *B417-6*')
  expect(turns).toBeLessThanOrEqual(12)
})
test('a pupil pasted in one message takes at most 5 turns', () => {
  const world = new World()
  world.say({ text: 'ajukan' })
  world.say({ text: 'Ahmad Fikri Contoh, 6311060107150001, 1-7-2015, 4A' })
  world.say({ files: [{}, {}, {}, {}, {}] })
  expect(world.session?.step).toBe('summary')
  expect(world.say({ text: 'kirim' })[0]?.text).toContain('Nomor antrean *B417-6*')
})
