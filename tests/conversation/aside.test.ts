import { describe, expect, test } from 'vitest'
import { STANDS } from './stands.ts'
import { at, hear } from './talk.ts'
import { World } from './world.ts'

const WELCOME =
  'Selamat pagi, Bapak/Ibu. Terima kasih telah menghubungi layanan *SMART KIDS* Disdukcapil Kabupaten Balangan.'

describe('global words', () => {
  test.each(['status', 'bantuan', 'berhenti', 'mulai', 'petugas'])('%s leads back to the question', (word) => {
    const world = at('submit.class')
    expect(hear(world, word)).toMatch(/Kembali ke Siti Rekaan: kelas berapa\?$/)
    expect(world.session).toMatchObject({ flow: 'submit', step: 'class', answers: { name: 'Siti Rekaan' } })
  })
  test('BERHENTI and MULAI turn notices off and on', () => {
    const world = new World()
    expect(hear(world, 'berhenti')).toBe('Kabar kami hentikan. Ketik *MULAI* untuk menerimanya lagi.')
    hear(world, 'mulai')
    expect(world.notices).toEqual([false, true])
  })
  test('BANTUAN and PETUGAS before Idul Fitri say when the office is closed, and when somebody answers', () => {
    const world = new World({}, '2027-03-05T09:00:00Z')
    expect(hear(world, 'bantuan')).toContain('13.30–16.30 WITA, kecuali libur 8–15 Maret 2027; berkas tetap dapat')
    expect(hear(world, 'petugas')).toContain('akan membalas di sini pada Selasa, 16 Maret 2027, 08.00–16.00 WITA.')
  })
  test('MENU parks the draft, and 2 takes it up again', () => {
    const world = at('submit.class')
    expect(hear(world, 'menu')).toContain(WELCOME)
    expect(hear(world, '2')).toContain('Draf Siti Rekaan berhenti di langkah kelas')
    expect(hear(world, 'lanjut')).toBe('Siti Rekaan kelas berapa? Ketik misalnya *4A*.')
  })
  test('AJUKAN keeps the draft and begins the next pupil', () => {
    const world = at('submit.class')
    expect(hear(world, 'ajukan')).toContain('Draf Siti Rekaan kami simpan. Apa alasan pengajuannya?')
    hear(world, '1', 'Budi Rekaan')
    expect(world.drafts.map((draft) => draft.answers['name'])).toEqual(['Siti Rekaan', 'Budi Rekaan'])
  })
  test('LAGI after STATUS in a draft shows more and leads back', () => {
    const applications = Array.from({ length: 12 }, (_, i) => ({ ticket: `B${417 + i}-0` }))
    const world = new World({ ...STANDS['submit.class'], applications })
    hear(world, 'status')
    expect(hear(world, 'lagi')).toContain('Halaman 2 dari 2.')
    expect(hear(world, '4A')).toContain('Sekarang berkas Siti Rekaan.')
  })
  test.each([
    ['submit.nextPupil', 'Halaman 1 dari 3.'],
    ['submit.class', 'Halaman 1 dari 3.'],
    // seven reasons, a line each, leave half of the screen
    ['submit.reason', 'Halaman 1 dari 5.'],
  ])('STATUS of 23 pupils at %s shows %s', (stand, page) => {
    const applications = Array.from({ length: 23 }, (_, i) => ({ ticket: `B${417 + i}-0` }))
    const shown = hear(new World({ ...STANDS[stand], applications }), 'status')
    expect(shown).toContain(page)
    expect(shown.length).toBeLessThanOrEqual(600)
  })
  test('a note behind PETUGAS is passed on', () => {
    const world = new World()
    hear(world, 'petugas: KK anak belum barcode')
    expect(world.effects.find((effect) => effect.kind === 'help')).toMatchObject({ note: 'KK anak belum barcode' })
  })
  test.each([
    ['photo', true],
    ['ready', false],
    ['handed_over', false],
  ] as const)('the round is told of one in %s: %j', (stage, told) => {
    const world = new World({ applications: [{ ticket: 'B417-6', stage, round: 14 }] })
    expect(hear(world, 'status B417-6').includes('Putaran 14, kini dilayani 12.')).toBe(told)
  })
  test('a ticket that is not theirs is not found, whoever it belongs to', () => {
    expect(hear(new World(), 'status B417-6')).toContain('Nomor antrean B417-6 tidak kami temukan')
  })
})

describe('drafts', () => {
  test('an "oke" to a parked draft is no LANJUT, a "lanjut" is', () => {
    const world = at('submit.class')
    hear(world, 'nanti')
    expect(hear(world, 'oke')).toBe('Ketik *MENU* untuk pilihan lain.')
    expect(hear(world, 'lanjut')).toContain('Siti Rekaan kelas berapa?')
  })
  test('a choice of the menu holds after the menu was shown as a hint', () => {
    const world = new World()
    const [shown] = world.say({ text: 'saya mau daftar' })
    expect(shown?.choices).toHaveLength(5)
    expect(hear(world, '5')).toContain('Perintah: *AJUKAN*')
  })
  test.each(['mau daftar murid baru', 'buat KIA bu', 'mengajukan'])('%j is the first choice of the menu', (text) => {
    const world = at('menu')
    expect(hear(world, text)).toContain('Apa alasan pengajuannya?')
  })
  test('are chosen by number or by name, and erased only after YA HAPUS', () => {
    const world = at('drafts.list of two')
    expect(hear(world, 'budi')).toContain('Draf Budi Rekaan berhenti')
    expect(hear(world, 'hapus')).toBe('Hapus draf Budi Rekaan? Balas *YA HAPUS* atau *TIDAK*.')
    expect(hear(world, 'ya')).toBe('Balas *YA HAPUS* atau *TIDAK*.')
    expect(world.drafts).toHaveLength(2)
    hear(world, 'ya hapus')
    expect(world.drafts.map((draft) => draft.id)).toEqual(['d0'])
  })
  test('a reminder comes before one is purged, and LANJUT goes on with it', () => {
    const world = new World({ drafts: STANDS['drafts.list of one']?.drafts ?? [] })
    expect(hear(world, { system: { event: 'reminder', application: 'd0', purgeOn: new Date() } })).toBe(
      'Draf Siti Rekaan akan dihapus pada 21 Desember 2026. Balas *LANJUT* untuk meneruskan, atau *HAPUS*.',
    )
    // nobody has asked for it: it is not sent to whoever has said BERHENTI
    expect(world.effects.at(-1)).toMatchObject({ kind: 'say', notice: true })
    expect(hear(world, 'lanjut')).toContain('Sekarang berkas Siti Rekaan.')
    expect(world.effects.at(-1)).not.toHaveProperty('notice')
  })
  test('a file that fails later is told, also when its draft is parked', () => {
    const world = at('submit.documents')
    hear(world, { files: [{}, {}, { late: true, fails: true }] }, 'menu')
    expect(hear(world, { system: { event: 'file', nth: 3 } })).toContain(
      'Mohon maaf, berkas ke-3 untuk draf Siti Rekaan gagal diunduh.',
    )
  })
  test('a file that is refused later is told by its own reason, in a draft or out of one', () => {
    const world = at('submit.documents')
    hear(world, { files: [{}, {}, { late: true, fails: 'too-big' }] }, 'menu')
    expect(hear(world, { system: { event: 'file', nth: 3 } })).toContain(
      'Berkas ke-3 melebihi 20 MB. Silakan kirim berkas yang lebih kecil. Berkas itu untuk draf Siti Rekaan: ketik *DRAF*',
    )
    const loose = new World()
    hear(loose, { files: [{ late: true, fails: 'unsupported-type' }] })
    expect(hear(loose, { system: { event: 'file', nth: 1 } })).toContain('Satu berkas bukan foto atau PDF.')
  })
  test('a file that arrives later goes on with the documents', () => {
    const world = at('submit.documents')
    expect(hear(world, { files: [{}, {}, { late: true }] })).toBe('2 berkas kami terima, 1 berkas masih diunduh.')
    expect(hear(world, { system: { event: 'file', nth: 3 } })).toBe(
      'Menyusul 1 berkas, jumlah 3. Urutannya: 1 akta, 2 KK, 3 KTP-el (bila tertukar, balas misalnya *KK 1, akta 2*). Berikutnya kirim *pas foto*, latar biru.',
    )
    expect(world.say({ system: { event: 'file', nth: 3 } })).toEqual([])
  })
  test('files sent to the menu wait and join the pupil that is begun next', () => {
    const world = new World()
    expect(hear(world, { files: [{}, {}, {}] })).toContain('3 berkas kami simpan. Ketik *AJUKAN*')
    hear(world, 'ajukan', '1', 'Siti Rekaan', '6311065402160003', 'ya')
    expect(hear(world, '4A')).toContain('3 berkas kami terima: 1 akta, 2 KK, 3 KTP-el')
  })
})

describe('cancelling', () => {
  test('a ticket is cancelled after YA BATAL, a claimed one is passed on', () => {
    const world = at('cancel.confirm of a ticket')
    expect(hear(world, 'ya batal')).toContain('Pengajuan Ahmad Fikri Contoh dibatalkan.')
    const claimed = new World({ applications: [{ ticket: 'B417-6', claimed: true }] })
    expect(hear(claimed, 'batal B417-6', 'ya batal')).toContain('Kami teruskan kepada petugas yang memeriksa.')
  })
  test('another "batal" is neither yes nor no', () => {
    const world = at('cancel.confirm of a draft')
    expect(hear(world, 'batal')).toBe('Balas *YA BATAL* atau *TIDAK*.')
    expect(world.drafts).toHaveLength(1)
  })
  test('a draft goes with all its data', () => {
    const world = at('cancel.confirm of a draft')
    expect(hear(world, 'ya batal')).toContain('Pengajuan Siti Rekaan dibatalkan dan datanya dihapus.')
    expect(world.drafts).toEqual([])
    expect(JSON.stringify(world.session)).not.toContain('Siti')
    expect(world.effects.find(({ kind }) => kind === 'discard')).toMatchObject({ draft: 'd0', erase: true })
  })
})

test.each(['batal', 'tidak jadi', 'kembali'])('"%s" gives a complaint up', (said) => {
  const world = at('complain.story in a draft')
  expect(hear(world, said)).toBe('Baik, pengaduan tidak jadi. Kembali ke Siti Rekaan: kelas berapa?')
  expect(world.effects.some(({ kind }) => kind === 'complain')).toBe(false)
})
test('a complaint takes the files that came, and tells of the others', () => {
  const world = at('complain.story in a draft')
  expect(hear(world, { files: [{}, { fails: 'too-big' }] })).toMatch(
    /^Berkas ke-2 melebihi 20 MB\..* 1 berkas kami simpan dahulu\. Mohon tuliskan pengaduan/,
  )
  expect(hear(world, { files: [{ fails: true }] })).not.toContain('kami simpan')
  const heard = hear(world, { files: [{}, { fails: 'empty' }], text: 'kartu 5 hari belum jadi' })
  expect(heard).toMatch(/Pengaduan Bapak\/Ibu kami terima.*Berkas ke-2 kosong\./)
  expect(world.effects.at(-1)).toMatchObject({ kind: 'complain', files: ['f1', 'f4'] })
})
test('a suspended coordinator is told so, and still reaches a person', () => {
  const drafting = at('submit.documents')
  hear(drafting, { files: [{ slow: true, fails: true }] })
  if (drafting.coordinator) drafting.coordinator = { ...drafting.coordinator, state: 'suspended' }
  expect(drafting.say({ system: { event: 'file', nth: 1 } })).toEqual([])
  const complaining = new World({ coordinator: { state: 'suspended' } })
  hear(complaining, 'pengaduan', { files: [{}] }, 'kartu 5 hari belum jadi')
  expect(complaining.effects.at(-1)).toMatchObject({ kind: 'complain', files: ['f1'] })
  const world = new World({ coordinator: { state: 'suspended' } })
  expect(hear(world, 'ajukan')).toBe('Akses Bapak/Ibu sedang kami tangguhkan. Ketik *PETUGAS* bila ada pertanyaan.')
  expect(hear(world, 'petugas')).toContain('Permintaan bantuan kami catat')
})
test('thanks are returned and the question comes again', () => {
  expect(hear(at('submit.nextPupil'), 'makasih bu')).toBe(
    'Sama-sama, Bapak/Ibu. Ada murid lain? Balas *YA* atau *SELESAI*.',
  )
})
test('a button, its number and its word are the same answer', () => {
  const heard = [{ choice: 'LOST' }, { text: '3' }, { text: 'hilang' }].map((said) => hear(at('submit.reason'), said))
  expect(new Set(heard).size).toBe(1)
})
test('an older flow keeps the answers and asks from the first gap', () => {
  const world = at('submit.class')
  if (world.session) world.session = { ...world.session, version: 0, step: 'kelas-lama' }
  expect(hear(world, 'halo')).toBe(
    'Layanan kami diperbarui; jawaban Bapak/Ibu tetap tersimpan. Siti Rekaan kelas berapa? Ketik misalnya *4A*.',
  )
})
test('a verdict on what is in no draft is silent', () => {
  const world = at('submit.documents')
  expect(world.say({ system: { event: 'verdicts', files: ['f1'] } })).toEqual([])
})
