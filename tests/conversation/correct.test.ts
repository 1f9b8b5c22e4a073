import { expect, test } from 'vitest'
import { STANDS } from './stands.ts'
import { at, hear } from './talk.ts'
import { World } from './world.ts'

const CUT = { ticket: 'B417-6', stage: 'returned', returnReasons: ['RR_FAMILY_CARD_CUT'] } as const

test('documents, answers and errands are asked one after the other', () => {
  const world = at('correct.fix')
  expect(hear(world, { files: [{}] })).toContain('Perbaikan 2 dari 3: Nama sekarang Ahmad Fikri Contoh.')
  expect(hear(world, 'Ahmad Fikri Rekaan')).toBe(
    'Perbaikan 3 dari 3: Orang tua perlu ke *kantor Disdukcapil Balangan*. Balas *SUDAH* bila selesai.',
  )
  expect(hear(world, 'sudah')).toContain(
    'Yang diperbaiki: pas foto, nama Ahmad Fikri Rekaan, KK belum diperbarui: sudah.',
  )
  hear(world, 'kirim')
  expect(world.effects.at(-1)).toMatchObject({
    kind: 'correct',
    answers: { name: 'Ahmad Fikri Rekaan' },
    files: [{ kind: 'portrait', page: 1 }],
    done: ['RR_FAMILY_CARD_OLD'],
  })
})
test('UBAH asks which, and only that again', () => {
  const world = at('correct.summary')
  expect(hear(world, 'ubah')).toContain('*2* nama Ahmad Fikri')
  expect(hear(world, '2', 'Ahmad Contoh')).toContain('nama Ahmad Contoh')
})
test('an album brings several corrections at once: by name, or one for each in the order asked', () => {
  const applications = [
    { ticket: 'B417-6', stage: 'returned', returnReasons: ['RR_PORTRAIT_BLURRED', 'RR_FAMILY_CARD_CUT'] } as const,
  ]
  for (const files of [
    [{ name: 'kk.jpg' }, { name: 'foto-biru.jpg' }],
    [{}, {}],
  ]) {
    const world = new World({ ...STANDS['submit.class'], applications })
    hear(world, 'perbaiki b417-6')
    expect(hear(world, { files })).toContain('Yang diperbaiki: pas foto, Kartu Keluarga.')
    hear(world, 'kirim')
    const effect = world.effects.at(-1)
    const kinds = effect?.kind === 'correct' ? effect.files.map((file) => `${file.kind} ${file.page}`) : []
    expect(kinds.toSorted()).toEqual(['family_card 1', 'portrait 1'])
  }
})
test('two files for one document are its pages', () => {
  const returned = { ticket: 'B417-6', stage: 'returned', returnReasons: ['RR_FAMILY_CARD_CUT'] } as const
  const world = new World({ ...STANDS['submit.class'], applications: [returned] })
  hear(world, 'perbaiki', { files: [{}, {}] })
  hear(world, 'kirim')
  expect(world.effects.at(-1)).toMatchObject({
    files: [
      { kind: 'family_card', page: 1 },
      { kind: 'family_card', page: 2 },
    ],
  })
})
test('nothing to correct is said', () => {
  expect(hear(new World(), 'perbaiki')).toBe(
    'Tidak ada yang perlu diperbaiki sekarang. Ketik *STATUS* untuk melihat semuanya.',
  )
})
test('a picture sent before PERBAIKI is taken for it, and joins no other pupil', () => {
  const world = new World({ applications: [CUT] })
  expect(hear(world, { files: [{}] })).toMatch(/^1 berkas kami simpan\. Ketik \*PERBAIKI B417-6\* bila untuk perbaikan/)
  expect(hear(world, 'perbaiki b4176')).toBe(
    '1 berkas yang sudah dikirim kami pakai. Yang diperbaiki: Kartu Keluarga. Balas *KIRIM* atau *UBAH*.',
  )
  hear(world, 'kirim')
  expect(world.effects.find(({ kind }) => kind === 'correct')).toMatchObject({ files: [{ id: 'f1' }] })
  hear(world, 'ajukan', '1')
  expect(world.session?.answers['files']).toBeUndefined()
  // also where it is the very pupil that KIRIM was said for last
  const memory = { last: { id: 'B417-6', name: 'Murid Rekaan' } }
  const last = new World({ ...STANDS['menu'], memory, applications: [CUT] })
  expect(hear(last, { files: [{}] })).toContain('Ketik *PERBAIKI B417-6* bila untuk perbaikan')
  const asked = new World({ ...STANDS['submit.forWhom'], memory, applications: [CUT] })
  expect(hear(asked, '1')).toContain('Ketik *PERBAIKI B417-6* bila untuk perbaikan')
  expect(hear(asked, 'perbaiki')).toContain('1 berkas yang sudah dikirim kami pakai.')
  // of several returned ones it is asked first which
  const two = new World({ applications: [CUT, { ...CUT, ticket: 'B418-4' }] })
  expect(hear(two, { files: [{}] })).toContain('Ketik *PERBAIKI* bila untuk perbaikan')
  expect(hear(two, 'perbaiki')).toMatch(/^Yang perlu diperbaiki:\n\*1\* B418-4 .*\n\*2\* B417-6 /)
  expect(hear(two, '2')).toBe(
    '1 berkas yang sudah dikirim kami pakai. Yang diperbaiki: Kartu Keluarga. Balas *KIRIM* atau *UBAH*.',
  )
  hear(two, 'kirim')
  expect(two.effects.find(({ kind }) => kind === 'correct')).toMatchObject({
    application: 'B417-6',
    files: [{ id: 'f1', kind: 'family_card' }],
  })
})
test('a picture that comes while it is asked whose correction it is waits for the answer', () => {
  const world = new World({ applications: [CUT, { ...CUT, ticket: 'B418-4' }] })
  expect(hear(world, 'perbaiki', { files: [{}] })).toMatch(/^1 berkas kami simpan dahulu\. Yang perlu diperbaiki:/)
  expect(hear(world, { files: [{ fails: true }] })).toMatch(/gagal.*Yang perlu diperbaiki:/s)
  expect(hear(world, '1')).toMatch(/^1 berkas yang sudah dikirim kami pakai\. Yang diperbaiki: Kartu Keluarga\./)
  expect(world.lostFiles()).toEqual([])
})
test('what was put right before one left is found behind the choice of whom, too', () => {
  const both = ['RR_FAMILY_CARD_CUT', 'RR_PORTRAIT_BLURRED']
  const world = new World({
    applications: [
      { ...CUT, returnReasons: both },
      { ...CUT, ticket: 'B418-4' },
    ],
  })
  hear(world, 'perbaiki b417-6', { files: [{}] }, 'menu')
  expect(hear(world, 'perbaiki', '2')).toMatch(/^Perbaikan 2 dari 2: kirim \*pas foto\*/)
})
test('a picture sent before PERBAIKI waits for the document, where something else is asked first', () => {
  const returnReasons = ['RR_NAME_DIFFERS', 'RR_FAMILY_CARD_CUT']
  const world = new World({ applications: [{ ...CUT, returnReasons }] })
  hear(world, { files: [{}] })
  expect(hear(world, 'perbaiki')).toMatch(/^1 berkas yang sudah dikirim kami pakai\. Perbaikan 1 dari 2: Nama sekarang/)
  expect(hear(world, 'Ahmad Rekaan')).toMatch(/^Yang diperbaiki: nama Ahmad Rekaan, Kartu Keluarga\./)
})
test.each(['menu', 'pengaduan', 'nanti', 'ajukan'])('%s leaves one where it is, and PERBAIKI takes it up', (word) => {
  const world = at('correct.fix')
  hear(world, { files: [{}] }, word)
  expect(hear(world, 'perbaiki b417-6')).toMatch(/^Perbaikan 2 dari 3: Nama sekarang/)
  hear(world, 'Ahmad Fikri Rekaan', 'sudah', 'kirim')
  expect(world.effects.find(({ kind }) => kind === 'correct')).toMatchObject({
    answers: { name: 'Ahmad Fikri Rekaan' },
    files: [{ id: 'f1', kind: 'portrait' }],
  })
  // returned once more it begins anew
  world.pass(3_600_000)
  const reasons = { stage: 'returned', returnReasons: ['RR_PORTRAIT_BLURRED'], updatedAt: world.now } as const
  world.applications = world.applications.map((one) => ({ ...one, ...reasons }))
  expect(hear(world, 'perbaiki b417-6')).toMatch(/^Perbaikan 1 dari 1: kirim \*pas foto\*/)
})
test('PERBAIKI in the middle of one goes on with it, also after another one', () => {
  const world = new World({
    ...STANDS['correct.fix'],
    applications: [...STANDS['correct.fix']!.applications!, { ...CUT, ticket: 'B418-4' }],
  })
  hear(world, { files: [{}] })
  expect(hear(world, 'perbaiki b417-6')).toMatch(/^Perbaikan 2 dari 3: Nama sekarang/)
  expect(hear(world, 'perbaiki b418-4')).toBe('Perbaikan 1 dari 1: kirim *Kartu Keluarga*.')
  expect(hear(world, 'perbaiki b417-6')).toMatch(/^Perbaikan 2 dari 3: Nama sekarang/)
})
test('KEMBALI asks again for what was put right before', () => {
  const world = at('correct.fix')
  hear(world, { files: [{}] }, 'Ahmad Fikri Rekaan')
  expect(hear(world, 'kembali')).toMatch(/^Perbaikan 2 dari 3: Nama sekarang/)
  expect(hear(world, 'kembali')).toMatch(/^Perbaikan 1 dari 3: kirim \*pas foto\*/)
  expect(hear(world, 'kembali')).toMatch(/^Baik, perbaikan B417-6 dapat dilanjutkan kapan saja\./)
  expect(world.lostFiles()).toEqual([])
})
test('a return that names no reason is answered by its note', () => {
  const world = new World({ applications: [{ ...CUT, returnReasons: [] }] })
  expect(hear(world, 'perbaiki b4176')).toMatch(/^Perbaikan 1 dari 1: ikuti catatan petugas;/)
  hear(world, { files: [{}] })
  expect(hear(world, 'sudah')).toBe('Yang diperbaiki: catatan petugas: sudah. Balas *KIRIM* atau *UBAH*.')
  expect(hear(world, 'kirim')).toContain('Perbaikan kami terima.')
  expect(world.effects.find(({ kind }) => kind === 'correct')).toMatchObject({ files: [{ id: 'f1' }], done: [] })
})
test('a file that fails later opens its document again, and KIRIM waits for one on its way', () => {
  const world = at('correct.fix')
  hear(world, { files: [{ slow: true, fails: true }] })
  const told = hear(world, { system: { event: 'file', nth: 1 } })
  expect(told).toMatch(/satu berkas gagal diunduh\..*Perbaikan 1 dari 3: kirim \*pas foto\*/)
  const one = new World({ applications: [CUT] })
  hear(one, 'perbaiki', { files: [{ slow: true }] })
  expect(hear(one, 'kirim')).toBe('1 berkas masih diunduh. Mohon tunggu sebentar.')
  expect(hear(one, { system: { event: 'file', nth: 1 } })).toMatch(/^Menyusul 1 berkas, jumlah 1\. Yang diperbaiki/)
  expect(hear(one, 'kirim')).toContain('Perbaikan kami terima.')
  expect(one.effects.find(({ kind }) => kind === 'correct')).toMatchObject({
    files: [{ id: 'f1', kind: 'family_card', page: 1 }],
  })
})
test('what is sent again for a file that failed joins the pages that came, and a new set replaces a whole one', () => {
  const pages = (world: World) =>
    world.effects.flatMap((one) => (one.kind === 'correct' ? one.files.map(({ id, page }) => `${id} ${page}`) : []))
  const world = new World({ applications: [CUT] })
  expect(hear(world, 'perbaiki', { files: [{}, { fails: true }] })).toContain('Perbaikan 1 dari 1: kirim')
  hear(world, { files: [{}] }, 'kirim')
  expect(pages(world)).toEqual(['f1 1', 'f3 2'])
  const anew = new World({ applications: [CUT] })
  hear(anew, 'perbaiki', { files: [{}, {}] }, 'ubah', { text: '1' }, { files: [{}] }, 'kirim')
  expect(pages(anew)).toEqual(['f3 1'])
})
test('no more than sixty files go with one, and it is said', () => {
  const world = new World({ applications: [CUT] })
  const heard = hear(world, 'perbaiki', { files: Array.from({ length: 63 }, () => ({})) })
  expect(heard).toContain('paling banyak 60 berkas; 3 berkas terakhir kami simpan terpisah.')
  expect(world.session?.answers['files']).toHaveLength(60)
  expect(world.lostFiles()).toEqual([])
})
test('what the pupil has and keeps counts among the sixty, and one of what is asked for may always come', () => {
  const others = (n: number) => Array.from({ length: n }, () => 'other' as const)
  for (const [documents, taken] of [
    [['family_card', 'family_card', ...others(58)], 2],
    [others(60), 1],
  ] as const) {
    const world = new World({ applications: [{ ...CUT, documents }] })
    const heard = hear(world, 'perbaiki', { files: [{}, {}, {}] })
    expect(heard).toContain(`${3 - taken} berkas terakhir kami simpan terpisah. Yang diperbaiki: Kartu Keluarga.`)
    expect(world.session?.answers['files']).toHaveLength(taken)
    expect(world.lostFiles()).toEqual([])
  }
})
test('a NIK of another open application is told at once', () => {
  const applications = [
    { ticket: 'B418-4', pupil: { name: 'Budi Rekaan', nik: '6311060905160004', birthDate: '2016-05-09' } },
    { ticket: 'B417-6', stage: 'returned', returnReasons: ['RR_NIK_NOT_FOUND'] } as const,
  ]
  const world = new World({ applications })
  expect(hear(world, 'perbaiki', '6311060905160004')).toMatch(
    /^Sudah ada permohonan \*B418-4\* \(verifikasi\) untuk NIK ini\. Perbaikan 1 dari 1: NIK sekarang/,
  )
})
test('a draft in hand is found again behind a correction', () => {
  const world = new World({ ...STANDS['submit.class'], applications: [CUT] })
  hear(world, 'perbaiki', { files: [{}] })
  expect(hear(world, 'kirim')).toMatch(/Nomor antrean tetap \*B417-6\*.*Kembali ke Siti Rekaan: kelas berapa\?$/)
})
