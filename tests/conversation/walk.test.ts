import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Answers } from '../../src/models/chat/session.ts'
import { repliesOf, saysHowToGoOn, textsOf } from './replies.ts'
import { STANDS } from './stands.ts'
import { World } from './world.ts'
import type { Given, SaidInput } from './given.ts'

const words = fc.constantFrom(
  ...'ya tidak belum lanjut cukup nanti menu ajukan kembali batal status draf perbaiki pengaduan petugas berhenti mulai bantuan'.split(
    ' ',
  ),
  ...'1 2 3 4 5 6 7 kirim ubah lagi selesai hapus sudah oke pagi makasih'.split(' '),
  ...'ya batal|ya hapus|ubah 4|ubah nama|tidak tahu|akta 1, KK 2|KK 1, akta 2|ga ada|no kk'.split('|'),
)
const values = fc.constantFrom(
  ..."Siti Rekaan|budi contoh|Nur'aini Contoh|6311065402160003|6311060905160004|6311061203180012".split('|'),
  ...'14-2-2016|9 Mei 2016|21-11-2015|4A|TK B|kelas 6|69900014|setuju|Rina Contoh, guru'.split('|'),
  'Ahmad Fikri Contoh, 6311060107150001, 1-7-2015, 4A',
  'nama: Siti Rekaan\nnik: 6311065402160003\nttl: Paringin, 14-02-2016\nkelas: 5B',
)
const file = fc.record(
  {
    name: fc.constantFrom('akta.pdf', 'kk.jpg', 'IMG_1.jpg', 'ktp ayah.jpg', 'foto.jpg'),
    fails: fc.constantFrom('download-failed' as const, 'too-big' as const),
    late: fc.constant(true as const),
  },
  { requiredKeys: [] },
)
const said: fc.Arbitrary<SaidInput> = fc.oneof(
  { weight: 4, arbitrary: words.map((text) => ({ text })) },
  { weight: 5, arbitrary: values.map((text) => ({ text })) },
  { weight: 3, arbitrary: fc.array(file, { minLength: 1, maxLength: 6 }).map((files) => ({ files })) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 80 }).map((text) => ({ text })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('sticker', 'voice', 'location').map((unsupported) => ({ unsupported }) as const),
  },
)
const beginning = fc.constantFrom<Given>(
  {},
  { coordinator: null },
  { coordinator: { state: 'pending' }, flow: 'submit', step: 'name', answers: { reason: 'NEW' } },
  ...Object.values(STANDS),
)
const STAY = ['name', 'class', 'reason'] as const

/** Everything that drafts know. */
function known(world: World): Map<string, Answers> {
  return new Map(world.drafts.map((draft) => [draft.id, draft.answers]))
}

test('on no walk through the conversation is an answer or a file lost, and every turn gets one reply', () => {
  fc.assert(
    fc.property(fc.array(said, { minLength: 5, maxLength: 40 }), beginning, (turns, given) => {
      const world = new World(given)
      for (const turn of turns) {
        const before = known(world)
        const done = world.effects.length
        world.pass(20_000)
        world.say(turn)
        const effects = world.effects.slice(done)
        const replies = repliesOf(effects)
        expect(replies).toHaveLength(1)
        for (const text of textsOf(replies[0]!)) {
          expect(text.length, text).toBeLessThanOrEqual(600)
          expect(saysHowToGoOn(text), text).toBe(true)
        }
        const ended = new Set(
          effects.flatMap((effect) => (effect.kind === 'discard' || effect.kind === 'submit' ? [effect.draft] : [])),
        )
        expect(world.lostFiles()).toEqual([])
        const after = known(world)
        for (const [draft, answers] of before) {
          if (ended.has(draft)) continue
          for (const field of STAY) {
            if (answers[field] !== undefined) expect(after.get(draft)?.[field], `${field} of ${draft}`).toBeDefined()
          }
        }
      }
    }),
    { numRuns: 150 },
  )
}, 60_000)

test('a walk decided twice is decided the same', () => {
  fc.assert(
    fc.property(fc.array(said, { minLength: 1, maxLength: 20 }), (turns) => {
      const [one, two] = [new World({}), new World({})]
      for (const turn of turns) {
        const heard = one.say(turn)
        expect(two.say(turn)).toEqual(heard)
      }
      expect(two.session).toEqual(one.session)
    }),
    { numRuns: 50 },
  )
})
