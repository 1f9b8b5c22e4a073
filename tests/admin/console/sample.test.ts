import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleFiles, samplePupil, samples } from '../../../src/admin/console/demo/sample-pupil.ts'
import { id as texts } from '../../../src/conversation/texts/id.ts'
import { parseDate } from '../../../src/models/identity/date.ts'
import { nikAgreesWith, parseNik } from '../../../src/models/identity/identity.ts'

const person = { id: 'a-1', name: 'Koordinator Contoh A', npsn: '69900007', pupil: 5 }
const next = (asked: string) => samples(person, asked).likely[0]?.text

describe('a made-up pupil', () => {
  test('has a NIK that the service accepts and that says the birth date', () => {
    fc.assert(
      fc.property(fc.nat(20_000), (n) => {
        const pupil = samplePupil(n)
        const date = parseDate(pupil.birthDate)
        expect(parseNik(pupil.nik)).toMatchObject({ ok: true })
        expect(date.ok && nikAgreesWith(pupil.nik, date.value)).toBe(true)
      }),
    )
  })

  test('shares no NIK with the next thousand', () => {
    const niks = Array.from({ length: 1000 }, (_, n) => samplePupil(n).nik)
    expect(new Set(niks).size).toBe(1000)
  })

  test('brings the portrait whose background fits the birth year', () => {
    expect(sampleFiles(samplePupil(0)).at(-1)).toBe('foto-biru.jpg')
    expect(sampleFiles(samplePupil(1)).at(-1)).toBe('foto-merah.jpg')
  })
})

describe('what is offered first', () => {
  test('is a greeting to an empty chat', () => {
    expect(next('')).toBe('Assalamualaikum')
  })

  test.each([
    ['the consent', 'Balas *SETUJU* untuk melanjutkan.', 'SETUJU'],
    ['the question for the NPSN', texts.npsn, '69900007'],
    ['the question for the reason', 'Apa alasan pengajuannya?\n*1* Baru', '1'],
    ['the check-answers card', 'Dengan *KIRIM*, Bapak/Ibu menyatakan setuju. Balas *KIRIM*.', 'KIRIM'],
    ['the question for the next pupil', texts.nextPupil, 'YA'],
    ['the date inside the NIK', 'Benar? Balas *YA*, atau ketik tanggal yang benar.', 'YA'],
  ])('answers %s', (_, asked, answer) => {
    expect(next(asked)).toBe(answer)
  })

  test('is nothing where the bot asks something that no sample answers', () => {
    expect(samples(person, 'Putaran 14, sekarang dilayani putaran 12.').likely).toEqual([])
  })
})
