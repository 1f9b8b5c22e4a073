import { expect, test } from 'vitest'
import type { Given } from './given.ts'
import { World } from './world.ts'

const GIVEN: Given = {
  flow: 'menu',
  answers: { quiet: true },
  applications: [{ ticket: 'B417-6', id: 'd9', name: 'Ahmad Fikri Contoh' }],
  looking: true,
}
const ASKED = {
  system: {
    event: 'retake',
    application: 'd9',
    file: 'f9',
    of: 'portrait',
    page: 1,
    code: 'PORTRAIT_FACE_SMALL',
  },
} as const
const heard = (world: World, said: Parameters<World['say']>[0]): string[] =>
  world.say(said).map((message) => message.text.replaceAll('*', ''))

test('a portrait that cannot be used is asked for again after KIRIM, and the next one takes its place', () => {
  const world = new World(GIVEN)
  expect(heard(world, ASKED)[0]).toBe(
    'Pas foto Ahmad Fikri Contoh (B417-6): Wajah terlalu kecil. Mohon foto lebih dekat, setinggi dada. Kirim penggantinya bila ada; nomor antrean tetap.',
  )
  expect(heard(world, { files: [{}] })[0]).toContain('Berkas ini untuk')
  expect(heard(world, { text: '1' })[0]).toContain('Berkas kami tambahkan pada Ahmad Fikri Contoh')
  expect(world.effects.find((effect) => effect.kind === 'attach')?.files).toEqual([
    { id: 'f1', kind: 'portrait', page: 1 },
  ])
})

test('once somebody at the office has the case, nothing is asked of the school', () => {
  const claimed = { ...GIVEN, applications: [{ ticket: 'B417-6', id: 'd9', claimed: true }] }
  expect(heard(new World(claimed), ASKED)).toEqual([])
})

test('in the middle of the next pupil the question comes back', () => {
  const world = new World({ ...GIVEN, flow: 'submit', step: 'name', answers: { reason: 'NEW' } })
  expect(heard(world, ASKED)[0]).toMatch(/nomor antrean tetap\. /)
  expect(world.session?.step).toBe('name')
})
