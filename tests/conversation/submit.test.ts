import { describe, expect, test } from 'vitest'
import { consentTextsOf } from '../../src/conversation/consent.ts'
import type { Given } from './given.ts'
import { STANDS } from './stands.ts'
import { at, files, hear, submitted } from './talk.ts'
import { OFFICE, World } from './world.ts'

describe('NIK and birth date', () => {
  test.each([
    ['631106540216000', 'NIK harus 16 angka, sedangkan yang kami terima 15 angka.'],
    ['6311069912160003', 'Mohon ketik ulang: angka ke-7 sampai ke-12 bukan tanggal.'],
    ['6311065402160000', 'Mohon ketik ulang: empat angka terakhir tidak mungkin 0000.'],
    ['6.31107E+15', 'Mohon ketik ulang: angka ini rusak oleh Excel.'],
    ['lupa', 'Pesan ini belum memuat NIK.'],
  ])('%s is told what is wrong', (typed, hint) => {
    const world = at('submit.nik')
    expect(hear(world, typed)).toContain(hint)
    expect(world.session?.step).toBe('nik')
  })
  test('a NIK with an open application of this reason leads to the next pupil, the draft is discarded', () => {
    const world = new World({ ...STANDS['submit.nik'], applications: [open('6311065402160003')] })
    expect(hear(world, '6311065402160003')).toBe(
      'Sudah ada permohonan *B417-6* (verifikasi) untuk NIK ini. Ada murid lain? Balas *YA* atau *SELESAI*.',
    )
    expect(world.drafts).toEqual([])
  })
  test('the same NIK at another school is a finding for the office and never said', () => {
    const world = new World({ ...STANDS['submit.nik'], niksElsewhere: ['6311065402160003'] })
    const heard = hear(world, '6311065402160003', 'ya', '4A', files(5))
    expect(heard).not.toContain('Catatan')
    hear(world, 'kirim')
    expect(submitted(world).findings.map((finding) => finding.code)).toEqual(['NIK_ELSEWHERE'])
  })
  test('a number behind a greeting is read', () => {
    expect(hear(at('submit.nik'), 'pagi bu, 6311065402160003')).toContain('menurut NIK *14 Februari 2016*')
  })
  test('twins differ in the serial only', () => {
    const world = new World({ ...STANDS['submit.nik'], applications: [open('6311065402160003')] })
    expect(hear(world, '6311065402160004')).toContain('menurut NIK *14 Februari 2016*')
  })
  test('seventeen years lead to the ID card of adults', () => {
    const world = at('submit.birthDate of an adult number')
    expect(hear(world, '14-2-1980')).toContain(
      'Siti Rekaan sudah 17 tahun, sehingga mengurus KTP-el, bukan KIA. Ada murid lain? Balas *YA* atau *SELESAI*.',
    )
  })
  test('a two-digit year, a date to come and a date that is none are asked again', () => {
    const world = at('submit.birthDate')
    expect(hear(world, '14-2-16')).toBe('Tulis tahun lengkap, misalnya *1 Juli 2015*.')
    expect(hear(world, '31-2-2016')).toContain('Tanggal itu tidak ada')
    expect(hear(world, '1-1-2030')).toContain('belum tiba')
  })
  test('a number of the Family Card that is labelled as such is compared and not kept', () => {
    const world = at('submit.name')
    const heard = hear(world, 'Budi Rekaan\nnik 6311061203180012\nKK 6311061203180012')
    expect(heard).toContain('Nomor ini sama dengan Nomor KK.')
    expect(world.session?.answers['nik']).toBeUndefined()
    expect(JSON.stringify(world.session)).not.toContain('6311061203180012')
    expect(hear(at('submit.nik'), 'KK 6311061203180012')).toMatch(/^Nomor KK tidak perlu diketik\. Mohon ketik \*NIK /)
  })
  test('the date of a number that no pupil can have is none to come', () => {
    expect(hear(at('submit.nik'), '6311060905700004', '9-5-2016')).toContain('tanggal pada NIK (9 Mei 1970)')
  })
  test('pasted without a reason it is the usual one, also where a number must be chosen first', () => {
    const world = at('submit.reason')
    expect(hear(world, 'Budi Rekaan, 6311061203180012, 6311060905160004')).toContain('Yang mana NIK?')
    expect(hear(world, '2')).toContain('Tanggal lahir Budi Rekaan menurut NIK *9 Mei 2016*')
  })
})

function open(nik: string) {
  return { ticket: 'B417-6', pupil: { name: 'Ahmad Contoh', nik, birthDate: '2016-02-14' } }
}

describe('the name', () => {
  test.each([
    ['ya', 'sudah', 'oke bu', 'baik', '123', 'Siti 2', 'kirim', 'Kirim bu', 'ubah 4', 'rusak', 'hilang'],
    ['tidak tahu', 'kurang tau', 'sudah sesuai akta', 'nama sudah sesuai akta', 'salah bu, tadi keliru'],
  ])('%j and the like are none', (...all) => {
    for (const typed of all) {
      const world = at('submit.name')
      expect(hear(world, typed), typed).toContain('Ketik nama saja, tanpa angka.')
      expect(world.session?.answers).toEqual({ reason: 'NEW' })
    }
  })
  test.each([
    ['nama: Oke', 'Oke'],
    ['karim', 'Karim'],
    ['nama: kirim', 'Kirim'],
    ['nama: sesuai contoh', 'Sesuai Contoh'],
    ['An. siti rekaan', 'Siti Rekaan'],
    ['siti nur’aini', "Siti Nur'aini"],
    ['M. AL-FATIH', 'M. AL-FATIH'],
    ['Assalamualaikum, siti rekaan', 'Siti Rekaan'],
  ])('"%s" is one', (typed, name) => {
    const world = at('submit.name')
    hear(world, typed)
    expect(world.session?.answers).toMatchObject({ name })
  })
  test('a NIK that came before the name is kept with the draft', () => {
    const world = at('submit.name')
    hear(world, '6311065402160003', 'nanti')
    expect(world.drafts[0]?.answers).toMatchObject({ nik: '6311065402160003' })
  })
})

describe('several answers in one message', () => {
  test('all that fits is kept, and the first gap is asked', () => {
    const world = at('submit.reason')
    expect(hear(world, 'Ahmad Fikri Contoh, 6311060107150001, 1-7-2015, 4A')).toBe(
      'Kami catat: Ahmad Fikri Contoh; NIK 631106******0001; lahir 1 Juli 2015; kelas 4A. Sekarang berkas Ahmad Fikri Contoh. Kirim sekaligus atau satu demi satu, urut:\n*1* akta kelahiran\n*2* Kartu Keluarga\n*3* KTP-el ayah dan ibu/wali (boleh satu foto)\n*4* pas foto latar *merah*\nPastikan seluruh lembar terbaca; sebaiknya sebagai *Dokumen*.',
    )
    expect(world.session?.answers).toMatchObject({ reason: 'NEW' })
  })
  test('a date that is not that of the NIK becomes the question', () => {
    expect(hear(at('submit.name'), 'Ahmad Fikri Contoh\n6311060107150001\n2-7-2015\nkelas 4A')).toContain(
      'Tanggal lahir 2 Juli 2015 tidak sama dengan tanggal pada NIK (1 Juli 2015).',
    )
  })
  test('a wrong piece is asked first, the others stay', () => {
    const world = at('submit.name')
    const heard = hear(world, 'nama: Ahmad Fikri Contoh\nnik: 631106010715\nkelas: 4A')
    expect(heard).toContain('Kami catat: Ahmad Fikri Contoh; kelas 4A.')
    expect(heard).toContain('NIK harus 16 angka')
    expect(world.session?.answers).toMatchObject({ name: 'Ahmad Fikri Contoh', class: '4A' })
    expect(world.session?.step).toBe('nik')
  })
  test('two pupils in one message: nothing is taken', () => {
    const world = at('submit.name')
    const heard = hear(world, 'Siti Rekaan 6311065402160003\nBudi Rekaan 6311060905160004')
    expect(heard).toContain('Pesan ini memuat 2 murid. Mohon kirim satu murid dahulu.')
    expect(world.session?.answers).toEqual({ reason: 'NEW' })
  })
  test('another name than before is asked, old or new', () => {
    const world = at('submit.nik')
    const heard = hear(world, 'nama: Siti Contoh\nnik: 6311065402160003')
    expect(heard).toContain('Nama murid yang mana?\n*1* Siti Rekaan\n*2* Siti Contoh\nBalas nomornya.')
    expect(hear(world, '2')).toContain('Tanggal lahir Siti Contoh menurut NIK *14 Februari 2016*.')
  })
  test('a class before the next name replaces the kept one', () => {
    const world = at('submit.name of the next pupil')
    expect(hear(world, '5B')).toContain('Kelas 5B lagi. Mohon ketik nama lengkap murid')
  })
  test('the next pupil may be pasted at once, with class and reason of the round', () => {
    const world = at('submit.nextPupil')
    expect(hear(world, 'Siti Rekaan 6311065402160003 14-2-2016')).toContain('Sekarang berkas Siti Rekaan.')
    expect(world.session?.answers).toMatchObject({ reason: 'NEW', class: '4A' })
  })
})

describe('the card', () => {
  test.each(['kirim', 'KIRIM!!', 'ya', 'sdh bener', 'ga salah', '👍', 'oke kirim', 'sudah benar semua bu'])(
    '"%s" sends',
    (said) => {
      expect(hear(at('submit.summary'), said)).toContain('Nomor antrean *B417-6*')
    },
  )
  test.each(['anaknya sudah pindah sekolah', 'ok tunggu sebentar', 'ya tidak', 'blm bener', 'nanti'])(
    '"%s" does not send',
    (said) => {
      const world = at('submit.summary')
      hear(world, said)
      expect(world.effects.some((effect) => effect.kind === 'submit')).toBe(false)
    },
  )
  test.each([
    ['ok', 'Mohon diperiksa'],
    ['1', 'Mohon diperiksa'],
    ['sudah benar', 'Mohon diperiksa'],
  ])('"%s" that was typed before the card came is no answer to it', (said, shown) => {
    const world = at('submit.documents')
    hear(world, files(4))
    expect(hear(world, files(1))).toContain('Mohon diperiksa')
    const heard = hear(world, { text: said, ahead: true })
    expect(heard).toContain('Pertanyaannya baru saja berganti.')
    expect(heard).toContain(shown)
    expect(world.effects.some((effect) => effect.kind === 'submit')).toBe(false)
    // and so is the next one that was on its way, until somebody has seen the card
    expect(hear(world, { text: 'kirim', ahead: true })).toContain('Mohon diperiksa')
    expect(hear(world, 'kirim')).toContain('Nomor antrean *B417-6*')
  })
  test('a straggler of the album settles the question about the fourth file: the answer to that is no choice of the card', () => {
    const world = at('submit.documents')
    expect(hear(world, files(4))).toContain('Berkas ke-4:\n*1* pas foto')
    hear(world, files(1))
    expect(hear(world, { text: '1', ahead: true })).not.toContain('Nama sekarang')
    expect(world.session).toMatchObject({ step: 'summary' })
  })
  test('what names its own line is taken, whenever it was typed', () => {
    const world = at('submit.documents')
    hear(world, files(5))
    expect(hear(world, { text: 'KK 1, akta 2', ahead: true })).not.toContain('baru saja berganti')
  })
  test('the consent is kept with its words, its turn and a fingerprint of the text, the same for every pupil', () => {
    const world = at('submit.summary')
    hear(world, 'iya kirim')
    const { consent } = submitted(world)
    const shown = consentTextsOf(OFFICE).find(({ version }) => version === consent.textVersion)
    expect(shown?.text).toContain('1 Nama: *{name}*')
    expect(shown?.text).toContain('Dengan *KIRIM*, Bapak/Ibu menyatakan orang tua/wali telah menyetujui.')
    expect(consent).toMatchObject({ by: 'c1', evidence: 't1: iya kirim', at: '2026-12-07T01:10:00.000Z' })
    expect(consent.textVersion).toMatch(/^id-[0-9a-f]{12}$/)
  })
  test.each([
    ['ubah 1', 'Nama sekarang Siti Rekaan.', 'Siti Contoh', '1 Nama: *Siti Contoh*'],
    ['2', 'NIK sekarang 631106******0003.', '6311065402160009', '2 NIK: 631106******0009'],
    ['ubah lahir', 'Tanggal lahir sekarang 14 Februari 2016.', '14-2-2016', '3 Lahir: *14 Februari 2016*'],
    ['kelas salah', 'Kelas sekarang 4A.', '6', '4 Kelas: *6*'],
    ['UBAH 5', 'Alasan sekarang Baru.', '2', '5 Alasan: *Masa berlaku habis*'],
  ])('%s asks that line again and comes back', (change, asked, answer, line) => {
    const world = at('submit.summary')
    expect(hear(world, change)).toContain(asked)
    expect(hear(world, answer)).toContain(line)
    expect(world.session?.step).toBe('summary')
  })
  test.each([
    ['ubah nama jadi Siti Contoh', 'Kami catat: Siti Contoh.', '1 Nama: *Siti Contoh*'],
    ['ganti kelas 5B', 'Kami catat: kelas 5B.', '4 Kelas: *5B*'],
    ['salah bu, kelasnya 5B', 'Kami catat: kelas 5B.', '4 Kelas: *5B*'],
    ['ubah alasan hilang', 'Kami catat: alasan Hilang.', 'surat kehilangan polisi'],
    ['ubah lahir 15-2-2016', 'Kami catat: lahir 15 Februari 2016.', 'tidak sama dengan tanggal pada NIK'],
    ['ubah nik 123', 'yang kami terima 3 angka', 'NIK sekarang 631106******0003.'],
  ])('%s is taken as it stands: %s', (change, noted, next) => {
    const heard = hear(at('submit.summary'), change)
    expect(heard).toContain(noted)
    expect(heard).toContain(next)
  })
  test('an answer that is asked again stays until a new one comes', () => {
    const world = at('submit.summary')
    hear(world, 'ubah kelas', 'nanti', 'lanjut')
    expect(world.session).toMatchObject({ step: 'summary', answers: { class: '4A' } })
  })
  test('what another office asks besides stands on the card', () => {
    const questions = [{ name: 'bloodType', prompt: 'Apa golongan darahnya?', maxLength: 3 }]
    const world = new World(STANDS['submit.class'], undefined, { ...OFFICE, questions })
    expect(hear(world, '4A')).toBe('Apa golongan darahnya?')
    expect(hear(world, 'O')).toContain('Sekarang berkas')
    expect(hear(world, files(5))).toContain('7 bloodType: *O*')
  })
  test('KEMBALI asks the question before and keeps the answers', () => {
    const world = at('submit.class')
    expect(hear(world, 'kembali')).toContain('Tanggal lahir sekarang 14 Februari 2016.')
    expect(hear(world, 'lanjut')).toContain('Siti Rekaan kelas berapa?')
  })
  test('files after KIRIM are asked for whom they are', () => {
    const world = at('submit.nextPupil')
    expect(hear(world, files(1))).toBe('Berkas ini untuk\n*1* Ahmad Fikri Contoh, atau\n*2* murid berikutnya?')
    expect(hear(world, '1')).toContain('Berkas kami tambahkan pada Ahmad Fikri Contoh, nomor antrean *B417-6*.')
  })
})

describe('after KIRIM', () => {
  test.each(['ubah nama jadi Siti', 'ganti kelas 5B', 'nama salah', 'ubah', 'perbaiki tanggal lahir'])(
    '"%s" is about the pupil that was sent, and begins no other',
    (said) => {
      const world = at('submit.nextPupil')
      expect(hear(world, said)).toBe(
        'Data Ahmad Fikri Contoh sudah kami terima. Bila ada yang perlu diubah, ketik *PETUGAS* dan perubahannya. Ada murid lain? Balas *YA* atau *SELESAI*.',
      )
      expect(world.session?.answers).toEqual({ sent: true })
    },
  )
  test.each(['ada', 'masih ada 3 lagi', 'ada satu lagi bu', 'tambah murid'])('"%s" begins the next pupil', (said) => {
    expect(hear(at('submit.nextPupil'), said)).toContain('Kelas 4A lagi. Mohon ketik nama lengkap murid')
  })
  test('a ticket number is asked about as where nothing is under way', () => {
    expect(hear(at('submit.nextPupil'), 'b417-6')).toMatch(/^B417-6, Murid Rekaan: \*verifikasi\*.*Ada murid lain\?/)
  })
  test('what waits for the approval can be changed on its card, and takes further files', () => {
    const world = new World({ ...STANDS['submit.summary'], coordinator: { state: 'pending' } })
    hear(world, 'kirim')
    expect(hear(world, 'ubah nama jadi Siti')).toContain('ketik *DRAF* untuk mengubahnya. Ada murid lain?')
    hear(world, files(2))
    expect(hear(world, '1')).toBe('2 berkas kami simpan untuk Siti Rekaan. Ada murid lain? Balas *YA* atau *SELESAI*.')
    if (world.coordinator) world.coordinator = { ...world.coordinator, state: 'approved' }
    world.say({ system: { event: 'approved' } })
    expect(
      submitted(world)
        .files.map(({ id, kind }) => `${id} ${kind}`)
        .slice(-2),
    ).toEqual(['f5 other', 'f6 other'])
  })
})

test('findings name what staff should look at', () => {
  const given: Given = {
    ...STANDS['submit.summary'],
    answers: { ...STANDS['submit.summary']?.answers, name: "Nu'man", nik: '6308065402160003', birthDate: '2016-02-15' },
  }
  const world = new World(given)
  hear(world, 'kirim')
  const codes = submitted(world).findings.map((finding) => finding.code)
  expect(codes).toEqual(
    expect.arrayContaining(['NIK_DATE_DIFFERS', 'NIK_AREA_OTHER', 'NAME_ONE_WORD', 'NAME_APOSTROPHE', 'EID_SINGLE']),
  )
})
