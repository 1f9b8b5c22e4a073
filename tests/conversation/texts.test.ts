import { describe, expect, test } from 'vitest'
import { id } from '../../src/conversation/texts/id.ts'
import type { TextName } from '../../src/conversation/texts/id.ts'
import { say, unknownTexts } from '../../src/conversation/texts/texts.ts'
import { repliesOf, textsOf } from './replies.ts'
import { STANDS } from './stands.ts'
import { OFFICE, World } from './world.ts'
import { filled } from './given.ts'
import type { Given } from './given.ts'

const names = Object.keys(id) as TextName[]

test('the bot never raises its voice', () => {
  for (const name of names) expect(id[name], name).not.toContain('!')
})
test('only faults of ours and bad news are regretted', () => {
  const regrets = names.filter((name) => id[name].includes('Mohon maaf'))
  expect(regrets.toSorted()).toEqual([
    'draftFileFailed',
    'fileFailed',
    'looseFailed',
    'severalFailed',
    'takeoverUnanswered',
  ])
})
test('schools are addressed as Bapak/Ibu', () => {
  for (const name of names) expect(id[name], name).not.toMatch(/\b(?:Anda|kamu|saya)\b/i)
})
test('bold marks come in pairs', () => {
  for (const name of names) {
    expect(id[name].replaceAll(/[^*]/g, '').length % 2, `${name}: ${id[name]}`).toBe(0)
  }
})

test('an office says a text in its own words', () => {
  const office = { ...OFFICE, texts: { npsn: 'Ketik NPSN di {office}.' } }
  expect(say(office, 'npsn')).toBe('Ketik NPSN di Disdukcapil Kabupaten Balangan.')
})
test('a text that the bot does not have is found out', () => {
  expect(unknownTexts({ texts: { npsn: 'x', npsm: 'y', toString: 'z' } })).toEqual(['npsm', 'toString'])
})
test('what people type is never filled in later', () => {
  expect(say(OFFICE, 'parkedShort', { name: '{ticket}' })).toBe('Draf (ticket) kami simpan.')
})

describe('with the longest values every message is one screen', () => {
  const LONG_NAME = `Muhammad Abdurrahman ${'Rekaanwati '.repeat(3)}Conto`.padEnd(60, 'h').slice(0, 60)
  const LONG_SCHOOL = 'SD Negeri Terpadu Contoh Rekaan Panjang Sekali Hulu Sungai 14'.slice(0, 60)
  const LATE = {
    ticket: 'Z99999-9',
    position: '12.345',
    estimate: 'Kamis, 31 Desember 2026 sampai Kamis, 30 September 2027',
    number: 'P99999-9',
    due: 'Minggu, 28 November 2026',
    existing: 'Z99999-9',
    stage: 'menunggu TTE',
  }
  const longest = (given: Given): Given => {
    const text = JSON.stringify(given)
      .replaceAll(/Siti Rekaan(?: Contoh)?|Ahmad Fikri Contoh|Budi Rekaan/g, LONG_NAME)
      .replaceAll('"4A"', '"Kelas Merpati Putih"')
    const long = JSON.parse(text) as Given
    return { ...long, school: { ...long.school, name: LONG_SCHOOL, kecamatan: 'Paringin Selatan' } }
  }

  test.each(Object.keys(STANDS))('%s', (stand) => {
    const given = longest(STANDS[stand]!)
    const said = [
      'hm',
      'ya',
      'menu',
      'status',
      'petugas',
      'bantuan',
      'batal',
      'draf',
      'kembali',
      'nanti',
      'tidak',
      'kirim',
      '1',
      '2',
      '3',
    ]
    for (const text of said) {
      const world = new World(given)
      world.say({ text: 'hm' })
      world.say({ text: 'hm' })
      world.effects.length = 0
      world.say({ text })
      for (const reply of repliesOf(world.effects).flatMap(textsOf)) {
        const whole = filled(reply, LATE)
        expect(whole.length, `${text}: ${whole}`).toBeLessThanOrEqual(600)
      }
    }
  })

  test('a page of the list and a day of tickets', () => {
    const stages = [
      'returned',
      'ready',
      'verification',
      'photo',
      'siak_entry',
      'signature',
      'printing',
      'handed_over',
    ] as const
    const applications = Array.from({ length: 48 }, (_, i) => ({
      ticket: `B${1000 + i}-1`,
      name: LONG_NAME,
      stage: stages[i % stages.length]!,
    }))
    const world = new World({ applications, school: { name: LONG_SCHOOL } })
    for (const text of ['status', 'lagi', 'lagi', 'lagi', 'lagi']) {
      for (const heard of world.say({ text })) expect(heard.text.length, heard.text).toBeLessThanOrEqual(600)
    }
    const done = new World({ ...longest(STANDS['submit.nextPupil']!), applications })
    for (const heard of done.say({ text: 'selesai' })) expect(heard.text.length, heard.text).toBeLessThanOrEqual(600)
  })
})
