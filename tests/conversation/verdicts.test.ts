import { expect, test } from 'vitest'
import type { Finding } from '../../src/models/application/findings.ts'
import type { Given, SaidFile } from './given.ts'
import { World } from './world.ts'

const answers = { reason: 'NEW', name: 'Siti Rekaan', nik: '6311065402160003', birthDate: '2016-02-14', class: '4A' }
const GIVEN: Given = { flow: 'submit', step: 'documents', answers, looking: true }
const LOOKED = { system: { event: 'verdicts' } } as const
const small: Finding = { code: 'PORTRAIT_FACE_SMALL', severity: 'heavy' }
const akta: SaidFile = { seen: { kind: 'birth_certificate' } }
const kk: SaidFile = { seen: { kind: 'family_card' } }
const ktp: SaidFile = { seen: { kind: 'eid_card' } }
const foto: SaidFile = { seen: { kind: 'portrait' } }
const poor: SaidFile = { seen: { kind: 'portrait', portrait: [small] } }

/** What is heard, each message without the marks of bold. */
function heard(world: World, said: Parameters<World['say']>[0]): string[] {
  return world.say(said).map((message) => message.text.replaceAll('*', ''))
}
const kinds = (world: World): (string | undefined)[] =>
  ((world.session?.answers['files'] ?? []) as { kind?: string }[]).map((file) => file.kind)

test('an album is counted at once and sorted by what is seen, in one later message', () => {
  const world = new World(GIVEN)
  expect(heard(world, { files: [kk, foto, akta, ktp] })).toEqual([
    '4 berkas kami terima dan sedang kami periksa. Hasilnya kami kabarkan paling lama satu menit lagi.',
  ])
  world.pass(9000)
  const [message, ...more] = heard(world, LOOKED)
  expect(more).toEqual([])
  expect(message).toContain('4 berkas sudah kami periksa: 1 KK, 2 pas foto, 3 akta, 4 KTP-el')
  expect(message).toContain('6 Berkas: akta 1, KK 1, KTP-el 1, pas foto 1')
  expect(kinds(world)).toEqual(['family_card', 'portrait', 'birth_certificate', 'eid_card'])
})

test('what was not looked at within a minute keeps its place in the list', () => {
  const world = new World(GIVEN)
  world.say({ files: [{}, kk, {}] })
  world.pass(60_000)
  expect(heard(world, LOOKED)).toEqual([
    '3 berkas sudah kami periksa: 1 akta, 2 KK, 3 KTP-el (bila tertukar, balas misalnya KK 1, akta 2). Berikutnya kirim pas foto, latar biru.',
  ])
})

test('sixty files get one answer and one message, and what fits nowhere is an attachment', () => {
  const world = new World(GIVEN)
  const many = Array.from({ length: 56 }, (): SaidFile => ({}))
  expect(heard(world, { files: [akta, kk, ktp, foto, ...many] })).toHaveLength(1)
  world.pass(60_000)
  const [message, ...more] = heard(world, LOOKED)
  expect(more).toEqual([])
  expect(message).toContain('60 berkas sudah kami periksa: akta 1, KK 1, KTP-el 1, pas foto 1, lampiran 56.')
  expect(world.session?.step).toBe('summary')
  expect(world.lostFiles()).toEqual([])
})

test('a single file is what was asked for, and nothing more is said where it is', () => {
  const world = new World(GIVEN)
  expect(heard(world, { files: [akta] })).toEqual(['Akta kami terima. Berikutnya kirim Kartu Keluarga.'])
  expect(heard(world, LOOKED)).toEqual([])
})

test('a single file that is something else is taken for what it is', () => {
  const world = new World(GIVEN)
  world.say({ files: [kk] })
  const [message] = heard(world, LOOKED)
  expect(message).toContain('Setelah kami periksa, urutannya: 1 KK')
  expect(message).toContain('akta kelahiran')
  expect(kinds(world)).toEqual(['family_card'])
})

test('what the person said that a file is stands against what is seen', () => {
  const world = new World(GIVEN)
  world.say({ files: [{ ...kk, caption: 'akta' }] })
  expect(heard(world, LOOKED)).toEqual([])
  expect(kinds(world)).toEqual(['birth_certificate'])
})

test('another portrait is asked for twice at most, and KIRIM never waits', () => {
  const world = new World(GIVEN)
  world.say({ files: [akta, kk, ktp, poor] })
  const [first] = heard(world, LOOKED)
  expect(first).toContain('Berkas ke-4 (pas foto): Wajah terlalu kecil.')
  expect(first).toContain('Mohon kirim ulang; bila tidak ada yang lebih baik, silakan lanjutkan.')
  world.say({ files: [poor] })
  expect(heard(world, LOOKED)[0]).toContain('Berkas ke-5 (pas foto): Wajah terlalu kecil.')
  world.say({ files: [poor] })
  expect(heard(world, LOOKED)).toEqual([])
  expect(world.session?.step).toBe('summary')
  expect(heard(world, { text: 'kirim' })[0]).toContain('sudah kami terima')
  const sent = world.effects.find((effect) => effect.kind === 'submit')
  expect(sent?.files.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
    'f1 birth_certificate',
    'f2 family_card',
    'f3 eid_card',
    'f6 portrait',
  ])
})

test('a good portrait takes the place of the poor one, silently', () => {
  const world = new World(GIVEN)
  world.say({ files: [akta, kk, ktp, poor] })
  world.say(LOOKED)
  expect(heard(world, { files: [foto] })[0]).toContain('pas foto 1')
  expect(heard(world, LOOKED)).toEqual([])
})

test('whoever does not want to wait goes on with the order of the list', () => {
  const world = new World(GIVEN)
  world.say({ files: [{}, {}, {}] })
  expect(heard(world, { text: 'apa' })[0]).toBe(
    'Berkas sedang kami periksa; hasilnya segera kami kabarkan. Balas LANJUT bila tidak ingin menunggu.',
  )
  expect(heard(world, { text: 'lanjut' })[0]).toBe(
    '3 berkas kami terima: 1 akta, 2 KK, 3 KTP-el (bila tertukar, balas misalnya KK 1, akta 2). Berikutnya kirim pas foto, latar biru.',
  )
})

test('a verdict after KIRIM says nothing to the school by itself', () => {
  const world = new World(GIVEN)
  world.say({ files: [akta] })
  world.say({ files: [kk] })
  world.say({ files: [ktp] })
  world.say({ text: 'cukup' })
  world.say({ files: [poor] })
  world.say({ text: 'kirim' })
  expect(heard(world, LOOKED)).toEqual([])
})

test('what was found while one was away is said once, on coming back', () => {
  const world = new World(GIVEN)
  world.say({ files: [akta, kk, ktp, poor] })
  expect(heard(world, { text: 'nanti' })[0]).toContain('draf Siti Rekaan kami simpan')
  expect(heard(world, LOOKED)).toEqual([])
  const told = heard(world, { text: 'lanjut' })
  expect(told.filter((message) => message.includes('Berkas ke-4 (pas foto): Wajah terlalu kecil.'))).toEqual([
    told.at(-1),
  ])
  expect(told).toHaveLength(2)
  world.say({ text: 'nanti' })
  expect(heard(world, { text: 'lanjut' })).toHaveLength(1)
})

test('what is found while another pupil is entered waits as well, and disturbs nothing', () => {
  const world = new World(GIVEN)
  world.say({ files: [akta, kk, ktp, poor] })
  world.say({ text: 'nanti' })
  world.say({ text: 'ajukan' })
  const { step } = world.session!
  expect(heard(world, LOOKED)).toEqual([])
  expect(world.session?.step).toBe(step)
  world.say({ text: 'draf' })
  expect(heard(world, { text: 'lanjut' }).at(-1)).toContain('Berkas ke-4 (pas foto): Wajah terlalu kecil.')
})

test('nothing is said on coming back where all was well, or nobody looks at files', () => {
  for (const [given, last] of [
    [GIVEN, foto],
    [{ ...GIVEN, looking: false }, poor],
  ] as const) {
    const world = new World(given)
    world.say({ files: [akta, kk, ktp] })
    world.say(LOOKED)
    world.say({ files: [last] })
    world.say(LOOKED)
    world.say({ text: 'nanti' })
    expect(heard(world, { text: 'lanjut' })).toHaveLength(1)
  }
})

test('a NIK that reads otherwise is asked about once, and what the person says stands', () => {
  const differs: Finding = {
    code: 'NIK_READ_DIFFERS',
    severity: 'check',
    field: 'nik',
    detail: { read: '6311065402160010' },
  }
  const world = new World(GIVEN)
  world.say({ files: [akta, { seen: { kind: 'family_card', paper: [differs] } }, ktp, foto] })
  const [message] = heard(world, LOOKED)
  expect(message).toContain('NIK pada KK berakhiran 0010, yang diketik berakhiran 0003. Mana yang benar?')
  expect(heard(world, { text: '2' })[0]).toMatch(/^Baik, petugas akan memeriksanya\. Mohon diperiksa/)
  expect(heard(world, LOOKED)).toEqual([])
})

test('where the tails agree, the differing place is named, and the NIK is typed again', () => {
  const differs: Finding = { code: 'NIK_READ_DIFFERS', severity: 'check', detail: { read: '6311055402160003' } }
  const world = new World(GIVEN)
  world.say({ files: [akta, { seen: { kind: 'family_card', paper: [differs] } }, ktp, foto] })
  expect(heard(world, LOOKED)[0]).toContain('NIK pada KK berbeda dengan yang diketik pada angka ke-6.')
  expect(heard(world, { text: '1' })[0]).toContain('Ketik NIK yang benar')
})

test('what was read where nothing was typed is offered, never taken by itself', () => {
  const world = new World({
    flow: 'submit',
    step: 'nik',
    answers: { reason: 'NEW', name: 'Siti Rekaan' },
    looking: true,
  })
  world.say({ files: [{ seen: { kind: 'family_card', offered: { nik: '6311065402160003' } } }] })
  expect(heard(world, LOOKED)[0]).toBe(
    'NIK Siti Rekaan pada berkas berakhiran 0003. Balas YA bila benar, atau ketik NIK yang benar: 16 angka.',
  )
  expect(world.session?.answers['nik']).toBeUndefined()
  world.say({ text: 'ya' })
  expect(world.session?.answers['nik']).toBe('6311065402160003')
})

test('files that cannot be opened are told together, one sentence for each reason', () => {
  const refused = (code: string, kind: 'birth_certificate' | 'family_card' | 'eid_card'): SaidFile => ({
    seen: { kind, paper: [{ code, severity: 'heavy' }], portrait: [{ code, severity: 'heavy' }] },
  })
  const world = new World(GIVEN)
  const album = [
    refused('FILE_LOCKED', 'birth_certificate'),
    refused('FILE_ANIMATED', 'family_card'),
    refused('FILE_LOCKED', 'eid_card'),
    foto,
  ]
  world.say({ files: album })
  const [message, ...more] = heard(world, LOOKED)
  expect(more).toEqual([])
  expect(message).toContain(
    'Berkas ke-1 (akta), ke-3 (KTP-el): PDF ini terkunci kata sandi. Mohon kirim tanpa kata sandi, atau foto halamannya. Berkas ke-2 (KK): Gambar ini bergerak. Mohon kirim foto biasa. Mohon kirim ulang;',
  )
})

test('of many files with the same fault three are named and the others counted', () => {
  const broken: SaidFile = { seen: { paper: [{ code: 'FILE_DAMAGED', severity: 'heavy' }] } }
  const world = new World(GIVEN)
  world.say({ files: Array.from({ length: 30 }, () => broken) })
  world.pass(60_000)
  const [message] = heard(world, LOOKED)
  expect(message).toMatch(
    /^Berkas ke-1 \(belum dipilah\), ke-2 \(belum dipilah\), ke-3 \(belum dipilah\) dan 27 lainnya: Berkas ini rusak.*Ada 30 berkas/s,
  )
  expect(message!.length).toBeLessThanOrEqual(600)
})
