import { describe, expect, test } from 'vitest'
import { STANDS } from './stands.ts'
import { at, files, hear, submitted } from './talk.ts'
import { World } from './world.ts'

/** What a foreign child is asked for beside the papers of its reason. */
const OWN = ['paspor anak', 'ITAP orang tua']
const papers = (heard: string): string[] =>
  [...heard.matchAll(/^\*\d\* (.+?)(?: \(.+\))?$/gm)].flatMap(([, label = '']) =>
    label.includes('pas foto') ? [] : label,
  )

describe('a foreign child', () => {
  const CHILD = 'Chloe Contoh, 6311065402160003, 14-2-2016, 4A'
  test.each([
    ['1', ['Kartu Keluarga', 'KTP-el ayah dan ibu/wali', ...OWN]],
    ['2', ['Kartu Keluarga', 'KTP-el ayah dan ibu/wali', ...OWN]],
    ['hilang', ['surat kehilangan polisi', ...OWN]],
    ['rusak', ['KIA yang rusak', ...OWN]],
    ['6', ['KIA lama', 'Kartu Keluarga', ...OWN]],
  ])('brings its own papers beside those of the reason %s, and no akta', (reason, expected) => {
    const world = at('submit.reason')
    expect(papers(hear(world, '7', reason, CHILD))).toEqual(expected)
    expect(world.session?.answers).toMatchObject({ citizenship: 'wna' })
  })
  test('that moved in is asked from where, like any other', () => {
    const world = at('submit.reason')
    expect(hear(world, 'pindah datang, anak WNA')).toContain('Pindah dari mana?')
    expect(papers(hear(world, '1', CHILD))).toEqual([
      'Kartu Keluarga',
      'KTP-el ayah dan ibu/wali',
      'surat keterangan pindah datang',
      ...OWN,
    ])
  })
  test('is sent to the office as one, with the background for foreigners', () => {
    const world = at('submit.reason')
    expect(hear(world, 'anak WNA', 'baru', CHILD)).toContain('pas foto latar *oranye*')
    hear(world, files(6), 'kirim')
    expect(submitted(world).answers).toMatchObject({ reason: 'NEW', citizenship: 'wna' })
    expect(world.applications[0]?.pupil.citizenship).toBe('wna')
  })
  test('is no status of the round: the next pupil is none', () => {
    const world = at('submit.reason')
    hear(world, '7', '1', CHILD, files(6), 'kirim', 'ya')
    expect(papers(hear(world, 'Siti Rekaan, 6311065402160004, 14-2-2016'))).toContain('akta kelahiran')
    expect(world.session?.answers['citizenship']).toBeUndefined()
  })
  test('costs nobody else a turn, and is taken back where it was said', () => {
    const world = at('submit.reason')
    expect(hear(world, '7')).toMatch(/^Kami catat: anak WNA\. Apa alasan pengajuannya\?/)
    expect(hear(world, '7')).toMatch(/^Kami catat: anak WNI\. Apa alasan pengajuannya\?/)
    hear(world, '1')
    expect(world.session).toMatchObject({ step: 'name', answers: { reason: 'NEW' } })
    expect(world.session?.answers['citizenship']).toBeUndefined()
  })
  test('may be thought of later, or pasted with the rest', () => {
    const world = at('submit.name')
    expect(hear(world, 'anak WNA')).toMatch(/^Kami catat: anak WNA\. Mohon ketik nama lengkap murid/)
    hear(world, 'Chloe Contoh', '6311065402160003', 'ya')
    // said once more it is still no class
    expect(hear(world, 'kewarganegaraan: WNA')).toContain('Chloe Contoh kelas berapa?')
    expect(hear(at('submit.reason'), `${CHILD}, kewarganegaraan: WNA, alasan: rusak`)).toContain(
      'alasan Rusak, anak WNA',
    )
    const citizen = at('submit.reason')
    expect(hear(citizen, `${CHILD}, kewarganegaraan: WNI`)).not.toContain('WN')
    expect(citizen.session?.answers).toMatchObject({ reason: 'NEW', name: 'Chloe Contoh' })
  })
  test('is put right on the card, where the reason stays and the papers follow', () => {
    const world = at('submit.summary')
    expect(hear(world, 'ubah 5', '7')).toContain('paspor anak')
    expect(world.session?.answers).toMatchObject({ reason: 'NEW', citizenship: 'wna' })
    expect(hear(world, 'ubah alasan jadi anak WNI')).toContain('5 Alasan: *Baru*')
    expect(hear(world, 'ubah kewarganegaraan')).toContain('*7* Anak WNA')
  })
  test('keeps its background in a correction', () => {
    const child = {
      name: 'Chloe Contoh',
      nik: '6311065402160003',
      birthDate: '2016-02-14',
      citizenship: 'wna',
    } as const
    const back = {
      ticket: 'B417-6',
      stage: 'returned',
      pupil: child,
      returnReasons: ['RR_PORTRAIT_BACKGROUND'],
    } as const
    expect(hear(new World({ applications: [back] }), 'perbaiki')).toContain('latar oranye')
  })
})

describe('whether a pupil is married', () => {
  const asking = (from: number): World => new World({ ...STANDS['submit.birthDate'], askMarriedFrom: from })
  test('is asked once, of whom the office wants it', () => {
    const world = asking(10)
    expect(hear(world, 'ya')).toBe('Apakah Siti Rekaan sudah menikah? Balas *BELUM* atau *SUDAH*.')
    expect(hear(world, 'belum menikah')).toContain('kelas berapa?')
    hear(world, '4A', files(5), 'kirim')
    expect(world.applications[0]?.pupil).toMatchObject({ unmarried: true })
  })
  test('is not asked of who is younger, and nowhere by default', () => {
    expect(hear(asking(11), 'ya')).toContain('kelas berapa?')
    expect(hear(at('submit.birthDate'), 'ya')).toContain('kelas berapa?')
  })
  test.each(['tidak', 'blm', 'belum kawin', 'BELUM', '1'])('%s goes on', (said) => {
    expect(hear(asking(10), 'ya', said)).toContain('kelas berapa?')
  })
  test.each(['ya', 'oke', 'kawin'])('%s is asked again, since nothing is lost by a slip', (said) => {
    const world = asking(10)
    expect(hear(world, 'ya', said)).toContain('Balas *BELUM* atau *SUDAH*.')
    expect(world.session?.step).toBe('married')
  })
  test('who is married is told where to go instead, and the next pupil follows', () => {
    const world = asking(10)
    expect(hear(world, 'ya', 'sudah')).toBe(
      'KIA hanya untuk anak yang belum menikah, sehingga Siti Rekaan mengurus KTP-el di kantor kami, gratis. Ada murid lain? Balas *YA* atau *SELESAI*.',
    )
    expect(world.drafts).toEqual([])
    expect(hear(world, 'ya')).toContain('Mohon ketik nama lengkap murid')
  })
})
