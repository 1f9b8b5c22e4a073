import { describe, expect, test } from 'vitest'
import { readsTheSame } from '../../../src/media/reading/second-reading.ts'

describe('a name that was read twice', () => {
  test('is the same though blanks, marks and figures come and go', () => {
    expect(readsTheSame('AHMAD FIKRI', ': AHMAD FIKRI', ':AHMADFIKRI')).toBe(true)
    expect(readsTheSame("NUR'AINI CONTOH", "3 NUR'AINI CONTOH", '8NURAINI CONTOH')).toBe(true)
    expect(readsTheSame('CITRA REKAAN', 'Nama : CITRA REKAAN', 'CITRAREKAAN')).toBe(true)
  })

  test('is another one by a single letter, in its middle or at its end', () => {
    expect(readsTheSame('RINA HIIDAYAT', 'RINA HIIDAYAT', 'RINA HIDAYAT')).toBe(false)
    expect(readsTheSame('LESTARI CONTOHWAT', ': LESTARI CONTOHWAT', ': LESTARI CONTOHWATI')).toBe(false)
    expect(readsTheSame('BUDI REKAAN', 'BUDI REKAAN', '')).toBe(false)
  })

  test('is judged with what stands behind it on its line, since that may be a part of it', () => {
    expect(readsTheSame('BUDI', 'BUDI 6311060107150001', 'BUDI 6311060107150001')).toBe(true)
    expect(readsTheSame('BUDI', 'BUDI 6311060107150001', 'BUDI REKA 6311060107150001')).toBe(false)
  })
})
