import { describe, expect, test } from 'vitest'
import { STANDS } from './stands.ts'
import { at, files, hear, kinds, submitted } from './talk.ts'
import { World } from './world.ts'

describe('documents', () => {
  test('five files are taken in the order of the list, the ID card twice', () => {
    const world = at('submit.documents')
    hear(world, files(5), 'kirim')
    expect(kinds(world)).toEqual(['birth_certificate 1', 'family_card 1', 'eid_card 1', 'eid_card 2', 'portrait 1'])
  })
  test('with four files the last one is asked, never guessed', () => {
    const world = at('submit.documents')
    expect(hear(world, files(4))).toBe(
      '4 berkas kami terima: 1 akta, 2 KK, 3 KTP-el. Berkas ke-4:\n*1* pas foto, atau\n*2* KTP-el orang tua satunya?',
    )
    expect(hear(world, '2')).toContain('pas foto Siti Rekaan')
    hear(world, files(1), 'kirim')
    expect(kinds(world)).toEqual(['birth_certificate 1', 'family_card 1', 'eid_card 1', 'eid_card 2', 'portrait 1'])
  })
  test('captions and file names tell which is which', () => {
    const world = at('submit.documents')
    hear(world, {
      files: [{ name: 'pas foto siti.jpg' }, { caption: 'KTP ibu' }, { name: 'KK.pdf' }, { name: 'akta_siti.pdf' }],
    })
    hear(world, 'kirim')
    expect(kinds(world)).toEqual(['portrait 1', 'eid_card 1', 'family_card 1', 'birth_certificate 1'])
  })
  test('of files that no step takes, those that did not come are told and not counted, whoever sends them', () => {
    const gone = 'berkas ke-1 gagal diunduh. Silakan kirim ulang berkas itu.'
    const stranger = new World({ coordinator: null })
    const greeted = hear(stranger, { files: [{ fails: true }] })
    expect(greeted).toContain(`Mohon maaf, ${gone}`)
    expect(greeted).toContain('Balas *SETUJU*')
    expect(greeted).not.toContain('kami simpan')
    const world = new World()
    const some = hear(world, { files: [{ fails: true }, {}, { fails: 'unsupported-type' }, {}] })
    expect(some).toContain('2 berkas gagal kami terima. Silakan kirim ulang sebagai foto atau PDF')
    expect(some).toContain('2 berkas kami simpan. Ketik *AJUKAN*')
    expect(world.effects).toContainEqual({ kind: 'keep', files: ['f2', 'f4'] })
    // after KIRIM it is not asked whose a file is that nobody has
    const after = new World({ ...STANDS['menu'], memory: { last: { id: 'B417-6', name: 'Ahmad Fikri Contoh' } } })
    expect(hear(after, { files: [{ fails: true }] })).toMatch(new RegExp(`^Mohon maaf, ${gone}`))
    expect(after.effects.filter(({ kind }) => kind === 'keep')).toEqual([])
  })
  test('after KIRIM it is asked only of what came whose it is', () => {
    const world = at('submit.nextPupil')
    const refused = hear(world, { files: [{ fails: 'unsupported-type' }] })
    expect(refused).toBe(
      'Berkas ke-1 bukan foto atau PDF. Silakan kirim berkas itu sebagai foto atau PDF. Ada murid lain? Balas *YA* atau *SELESAI*.',
    )
    expect(hear(world, { files: [{}, { fails: 'too-big' }] })).toMatch(/^Berkas ke-2 melebihi 20 MB.*Berkas ini untuk/s)
    hear(world, '1')
    expect(world.effects.find(({ kind }) => kind === 'attach')).toMatchObject({ files: [{ id: 'f2' }] })
  })
  test('after KIRIM a file that fails later is nobody’s', () => {
    const world = at('submit.nextPupil')
    hear(world, { files: [{ slow: true, fails: true }] })
    expect(world.session?.step).toBe('forWhom')
    const told = hear(world, { system: { event: 'file', nth: 1 } })
    expect(told).toContain('Mohon maaf, satu berkas gagal diunduh.')
    expect(told).toMatch(/Ada murid lain\?/)
    // of one that waits for a draft the same: whoever begins it is not asked for it again
    const loose = new World()
    hear(loose, { files: [{}, { slow: true, fails: true }] }, { system: { event: 'file', nth: 2 } }, 'ajukan', '1')
    expect(loose.session?.answers['files']).toMatchObject([{ id: 'f1' }])
  })
  test('no more files wait for a pupil than one may have, whether or not one is begun', () => {
    for (const world of [at('submit.nextPupil'), new World()]) {
      hear(world, files(59))
      expect(hear(world, files(3))).toContain('paling banyak 60 berkas; 2 berkas terakhir kami simpan terpisah.')
      expect(world.lostFiles()).toEqual([])
    }
  })
  test('what is added after KIRIM counts among the sixty of that pupil', () => {
    const memory = { last: { id: 'B417-6', name: 'Murid Rekaan' } }
    const applications = [{ ticket: 'B417-6', documents: Array.from({ length: 58 }, () => 'other' as const) }]
    const world = new World({ ...STANDS['submit.nextPupil'], memory, applications })
    const attached = () => world.effects.flatMap((one) => (one.kind === 'attach' ? one.files.map(({ id }) => id) : []))
    expect(hear(world, files(3), '1')).toMatch(
      /^Berkas kami tambahkan pada Murid Rekaan, .* paling banyak 60 berkas; 1 berkas terakhir kami simpan terpisah\. Ada murid lain\?/,
    )
    expect(attached()).toEqual(['f1', 'f2'])
    expect(hear(world, files(2), '1')).toBe(
      'Satu murid paling banyak 60 berkas; 2 berkas terakhir kami simpan terpisah. Ada murid lain? Balas *YA* atau *SELESAI*.',
    )
    expect(attached()).toHaveLength(2)
    expect(world.lostFiles()).toEqual([])
  })
  test('those that waited for a draft which has too many by then are kept apart, and it is said', () => {
    const world = at('submit.documents')
    hear(world, files(58), 'menu', files(4))
    expect(hear(world, 'lanjut')).toContain('paling banyak 60 berkas; 2 berkas terakhir kami simpan terpisah.')
    expect(world.session?.answers['files']).toHaveLength(60)
    expect(world.lostFiles()).toEqual([])
  })
  test('before they are asked for, those that did not come are not counted', () => {
    const heard = hear(at('submit.nik'), { files: [{}, { fails: 'empty' }] })
    expect(heard).toMatch(/^1 berkas kami simpan untuk Siti Rekaan\. Berkas ke-2 kosong\./)
  })
  test('of several that come late only those that came are counted', () => {
    const world = at('submit.documents')
    hear(world, { files: [{}, { slow: true }] })
    expect(hear(world, { files: [{}, { fails: 'too-big' }] })).toMatch(/^Menyusul 1 berkas, jumlah 2\./)
    const slow = at('submit.documents')
    hear(slow, { files: [{ slow: true }] })
    expect(hear(slow, { files: [{ slow: true }] })).toBe('2 berkas masih diunduh. Mohon tunggu sebentar.')
    expect(hear(slow, { system: { event: 'file', nth: 1 } })).toMatch(
      /^Menyusul 1 berkas, jumlah 1\. 1 berkas kami terima/,
    )
  })
  test('half of a swap is enough', () => {
    const world = at('submit.documents')
    hear(world, files(3))
    expect(hear(world, 'KK 1')).toContain('Urutan berkas kami catat.')
    hear(world, files(1), 'kirim')
    expect(kinds(world).slice(0, 2)).toEqual(['family_card 1', 'birth_certificate 1'])
  })
  test('TIDAK TAHU lets staff sort: a finding, and a remark on the card', () => {
    const world = at('submit.sort')
    expect(hear(world, 'tidak tahu')).toContain('Catatan: petugas yang memilah berkas.')
    hear(world, 'kirim')
    expect(submitted(world).findings.map((finding) => finding.code)).toContain('FILES_UNSORTED')
    expect(submitted(world).files).toHaveLength(7)
  })
  test('a file line names what it must, the rest keeps its place', () => {
    const world = at('submit.documents, portrait lacks')
    expect(hear(world, files(2))).toContain('Ada 5 berkas.')
    hear(world, 'foto 4', 'kirim')
    expect(kinds(world)).toEqual(['birth_certificate 1', 'family_card 1', 'eid_card 1', 'portrait 1', 'other 1'])
  })
  test('what comes later than a sorted album still finds its place', () => {
    const world = at('submit.sort')
    expect(hear(world, 'akta 1, KK 2, KTP 3-4')).toContain('Baik, 3 lainnya menjadi lampiran. Mohon kirim pas foto')
    hear(world, files(1), 'kirim')
    expect(kinds(world).at(-1)).toBe('portrait 1')
  })
  test('a refused file is replaced by one of another name, once it has been told', () => {
    const world = at('submit.documents')
    const refused = { files: [{ name: 'scan.gif', fails: 'unsupported-type' as const }] }
    expect(hear(world, refused)).toContain('Berkas ke-1 bukan foto atau PDF.')
    world.pass(20_000)
    const answer = hear(world, { files: [{ name: 'hasil.jpg' }] })
    expect(answer).not.toContain('kami tunggu')
    expect(answer).toContain('Berikutnya kirim *Kartu Keluarga*.')
  })
  test('several refused files are told in one message, those of one kind together', () => {
    const failing = ['unsupported-type', 'too-big', 'unsupported-type', 'empty'] as const
    expect(hear(at('submit.documents'), { files: failing.map((fails) => ({ fails })) })).toContain(
      'Berkas ke-1, ke-3 bukan foto atau PDF. Silakan kirim berkas itu sebagai foto atau PDF. Berkas ke-2 melebihi 20 MB. Silakan kirim berkas yang lebih kecil. Berkas ke-4 kosong.',
    )
  })
  test('a file that is refused in the menu is told to be so, not to be kept', () => {
    expect(hear(new World(), { files: [{ fails: 'unsupported-type' }] })).toContain('Berkas ke-1 bukan foto atau PDF.')
    const both = hear(new World(), { files: [{}, { fails: 'too-big' }] })
    expect(both).toContain('1 berkas kami simpan.')
    expect(both).toContain('Berkas ke-2 melebihi 20 MB.')
  })
  test('whoever cannot send a refused file again is told how to go on without it', () => {
    const world = at('submit.documents')
    hear(world, { files: [{ name: 'scan.gif', fails: 'unsupported-type' }] })
    expect(hear(world, 'kirim')).toMatch(/Balas \*LANJUT\* bila tanpa berkas itu\.$/)
    expect(hear(world, 'lanjut')).toContain('akta kelahiran')
  })
  test('what lacks is named', () => {
    expect(hear(at('submit.documents'), 'sudah semua')).toBe(
      'Masih kurang: akta kelahiran, Kartu Keluarga, KTP-el ayah dan ibu/wali, pas foto. Kirim *akta kelahiran*, atau balas *NANTI*.',
    )
  })
  test('without a birth certificate the draft is kept and the way to one is told', () => {
    const world = at('submit.documents')
    expect(hear(world, 'aktanya belum ada')).toContain('KIA belum dapat kami proses. Akta dapat diajukan gratis')
    expect(world.session?.flow).toBe('menu')
    expect(hear(world, 'lanjut')).toContain('Sekarang berkas Siti Rekaan.')
  })
  test('without another paper what lacks is named, the certificate is not meant', () => {
    expect(hear(at('submit.documents'), 'tidak ada ktp ayah')).toMatch(/^Masih kurang: akta kelahiran, /)
  })
  test.each(['cukup', 'sudah satu foto', 'ibu saja', 'ayahnya sudah meninggal', 'janda', 'walinya'])(
    '"%s" says that no second ID card comes',
    (said) => {
      expect(hear(at('submit.secondGuardian'), said)).toContain('Mohon kirim pas foto Siti Rekaan')
    },
  )
  test('files sent before they are asked for join the draft', () => {
    const world = at('submit.nik')
    expect(hear(world, files(3))).toContain('3 berkas kami simpan untuk Siti Rekaan.')
    expect(hear(world, '6311065402160003', 'ya', '4A')).toContain(
      '3 berkas kami terima: 1 akta, 2 KK, 3 KTP-el (bila tertukar',
    )
  })
  test('files beyond sixty are kept apart and said to be', () => {
    const world = at('submit.documents')
    expect(hear(world, files(62))).toContain(
      'Satu murid paling banyak 60 berkas; 2 berkas terakhir kami simpan terpisah.',
    )
    // when there is no room at all, only that is said
    expect(hear(world, files(2))).not.toContain('0 berkas,')
    expect(world.lostFiles()).toEqual([])
  })
  test('shortly before the fifth birthday a portrait is welcome and may be left out', () => {
    const world = at('submit.name')
    const heard = hear(world, 'Contohwati', '6311066112210005', 'ya', 'TK A')
    expect(heard).toContain('*4* pas foto latar *merah* (bila ada)')
    expect(hear(world, files(3))).toMatch(/^3 berkas kami terima: .* Balas \*LEWATI\* bila belum ada\.$/)
    expect(hear(world, 'lewati')).toContain('Catatan: pas foto belum dikirim.')
    hear(world, 'kirim')
    expect(submitted(world).findings.map((finding) => finding.code)).toContain('PORTRAIT_SKIPPED')
  })
  test('a foreign child has the background for foreigners', () => {
    const world = new World({
      ...STANDS['submit.class'],
      answers: { ...STANDS['submit.class']?.answers, citizenship: 'wna' },
    })
    expect(hear(world, '4A')).toContain('pas foto latar *oranye*')
  })
  test('who moved in says from where, and the letter follows from it', () => {
    const world = at('submit.reason')
    expect(hear(world, 'pindah datang')).toContain('Pindah dari mana?')
    expect(hear(world, '2', 'Siti Rekaan', '6311065402160003', 'ya', '4A')).toContain(
      'surat keterangan datang dari luar negeri',
    )
  })
})
