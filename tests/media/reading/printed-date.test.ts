import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printedDate } from '../../../src/media/reading/printed-date.ts'
import { formatDate } from '../../../src/models/identity/date.ts'
import { spoken } from '../set/papers/birth-certificate.ts'

const date = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2029-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))

/** `SATU bulan JULI tahun DUA RIBU LIMA BELAS` */
function inWords(of: string): string {
  const month = formatDate(of).split(' ')[1]?.toUpperCase()
  return `${spoken(Number(of.slice(8)))} bulan ${month} tahun ${spoken(Number(of.slice(0, 4)))}`
}

test('every date is read in words, with and without the blanks between them', () => {
  fc.assert(
    fc.property(date, (of) => {
      const sentence = `bahwa di BARABAI pada tanggal ${inWords(of)} telah lahir`
      expect(printedDate(sentence)).toBe(of)
      expect(printedDate(sentence.replaceAll(' ', ''))).toBe(of)
    }),
  )
})

test('every date is read in figures, run together with what is before it', () => {
  fc.assert(
    fc.property(date, (of) => {
      const [year, month, day] = of.split('-')
      expect(printedDate(`:BALANGAN,${day}-${month}-${year}`)).toBe(of)
      expect(printedDate(`padatanggal${formatDate(of).replaceAll(' ', '')}`)).toBe(of)
    }),
  )
})

test('half a date is none', () => {
  for (const text of ['', 'bulan JULI', 'SATU JULI', '31 Februari 2015', 'tahun DUA RIBU LIMA BELAS']) {
    expect(printedDate(text), text).toBeUndefined()
  }
})
