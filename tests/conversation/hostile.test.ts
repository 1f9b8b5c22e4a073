import { describe, expect, test } from 'vitest'
import { FLOWS } from '../../src/conversation/flows/flows.ts'
import { repliesOf, saysHowToGoOn, textsOf } from './replies.ts'
import { STANDS } from './stands.ts'
import { World } from './world.ts'
import type { SaidInput } from './given.ts'
import { HOSTILE } from './hostile.ts'
import { shareOf } from '../support/share.ts'

const PUPIL = ['reason', 'origin', 'name', 'nik', 'birthDate', 'typedDate', 'class'] as const
type Kept = Record<string, unknown>

/** The answers of the pupil in hand, wherever they wait: in the session, behind another flow, or as a draft. */
function kept(world: World, draft: unknown): Kept {
  const session = world.session
  const parked = session?.memory['parked'] as { answers: Kept } | undefined
  if (session?.flow === 'submit' && (draft === undefined || session.memory['draft'] === draft)) return session.answers
  if (parked) return parked.answers
  return world.drafts.find((one) => one.id === draft)?.answers ?? {}
}

function check(
  world: World,
  before: Kept,
  draft: unknown,
  asked: string,
  effects: World['effects'],
  said: SaidInput,
): void {
  const told = `at "${asked}" after ${JSON.stringify(said).slice(0, 120)}`
  const replies = repliesOf(effects)
  expect(replies, told).toHaveLength(1)
  for (const text of textsOf(replies[0]!)) {
    expect(text.length, `${told}: ${text}`).toBeLessThanOrEqual(600)
    expect(text.trim(), told).not.toBe('')
    expect(saysHowToGoOn(text), `${told}: ${text}`).toBe(true)
    if (!/undefined|NaN|!/.test(JSON.stringify(said))) expect(text, told).not.toMatch(/undefined|\[object|NaN|!/)
    const open = [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    expect(
      open.filter((name) => !FILLED_LATER.has(name ?? '')),
      `${told}: ${text}`,
    ).toEqual([])
  }
  const after = kept(world, draft)
  const question = asked.split(/[ .,]/)[1] ?? ''
  for (const field of PUPIL) {
    if (before[field] === undefined || OWN[question]?.includes(field)) continue
    expect(after[field], `${told}: ${field}`).toEqual(before[field])
  }
  const files = (of: Kept): string[] => ((of['files'] as { id: string }[] | undefined) ?? []).map((file) => file.id)
  const gone = files(before).filter((id) => !files(after).includes(id))
  // a file that never arrived may be given up by CUKUP
  expect(
    gone.filter((id) => id !== 'f4' || !asked.includes('failed')),
    told,
  ).toEqual([])
}

const FILLED_LATER = new Set(['ticket', 'position', 'estimate', 'number', 'due', 'existing', 'stage'])
/** What the answer to a question may change. */
const OWN: Record<string, readonly string[]> = {
  birthDate: ['typedDate'],
  mismatch: ['nik', 'typedDate', 'birthDate'],
  clarify: ['name'],
  class: ['class'],
  name: ['name', 'class'],
  origin: ['reason'],
}

test('there are two hundred hostile texts, and a stand at every question of every flow for its share of them', () => {
  expect(new Set(HOSTILE).size).toBe(200)
  const all = Object.values(FLOWS).flatMap(({ name, steps }) => Object.keys(steps).map((step) => `${name}.${step}`))
  const stands = new Set(Object.values(STANDS).map(({ flow, step }) => `${flow}.${step}`))
  expect(all.filter((question) => !stands.has(question))).toEqual([])
})

describe.each(Object.keys(STANDS).map((stand, place) => ({ stand, place })))('at "$stand"', ({ stand, place }) => {
  const given = STANDS[stand]!
  const draft = given.memory?.['draft']
  const before = (given.memory?.['parked'] as { answers: Kept } | undefined)?.answers ?? given.answers ?? {}

  test('hostile texts keep the draft and get a hint', () => {
    for (const text of shareOf(HOSTILE, place)) {
      const world = new World(given)
      world.say({ text })
      check(world, before, draft, stand, world.effects, { text })
    }
  })

  test('files of any kind are kept and answered', () => {
    const bags: SaidInput[] = [
      { files: [{}] },
      { files: [{ name: 'virus.exe', fails: 'unsupported-type' }] },
      { files: [{ fails: 'empty' }, { fails: 'too-big' }, {}] },
      { files: [{ late: true }, {}] },
      { files: [{ caption: '6311065402160003' }], text: '6311065402160003' },
      { files: [{ name: "'; DROP TABLE pupils; --.jpg", caption: '{ticket}' }], text: '{ticket}' },
      { files: Array.from({ length: 70 }, () => ({})) },
    ]
    for (const said of bags) {
      const world = new World(given)
      world.say(said)
      check(world, before, draft, stand, world.effects, said)
      expect(world.lostFiles(), `${stand} after ${JSON.stringify(said).slice(0, 80)}`).toEqual([])
    }
  })

  test('of a file that did not come it is told why, and it is not said to be kept', () => {
    const world = new World(given)
    const heard = world.say({ files: [{ fails: 'too-big' }] }).map((message) => message.text)
    expect(heard.join(' '), stand).toContain('melebihi 20 MB')
    expect(heard.join(' '), stand).not.toMatch(/\d berkas kami simpan/)
    expect(world.effects.some((effect) => effect.kind === 'keep')).toBe(false)
  })

  test('what cannot be read gets a sentence', () => {
    for (const unsupported of ['sticker', 'voice', 'video', 'location', 'contact', 'poll', 'other'] as const) {
      const world = new World(given)
      world.say({ unsupported })
      check(world, before, draft, stand, world.effects, { unsupported })
    }
  })

  test('a stored session of an older version keeps its answers', () => {
    const world = new World(given)
    if (!world.session) return
    world.session = { ...world.session, version: 0, step: 'a-step-of-old' }
    world.say({ text: 'halo' })
    check(world, before, draft, stand, world.effects, { text: 'halo' })
  })
})
