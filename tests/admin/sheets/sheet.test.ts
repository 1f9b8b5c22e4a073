import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { harmless, writeSheet } from '../../../src/admin/sheets/sheet.ts'

const FORMULAS = ['=1+1', '+62811', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=cmd', '\u200b=1', '＝1']

/** One file of a zip, by its local header. */
function partOf(zip: Buffer, name: string): string {
  const header = zip.indexOf(name) - 30
  const from = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28)
  return inflateRawSync(zip.subarray(from)).toString()
}

test('what a spreadsheet would take for a formula is a text in CSV', async () => {
  for (const formula of FORMULAS) expect(harmless(formula)).toBe(`'${formula}`)
  for (const plain of ['Aisyah', '6311060107150001', 'SDN 1 = satu', "Nu'man", '']) expect(harmless(plain)).toBe(plain)
  const csv = await writeSheet(
    {
      name: 'x',
      heading: ['Nama', 'Kelas'],
      rows: [
        ['=1+"2"', 'a;b'],
        ['Siti', ''],
      ],
    },
    'csv',
  )
  expect(csv.toString()).toBe('\uFEFFNama;Kelas\r\n"\'=1+""2""";"a;b"\r\nSiti;\r\n')
})

test('every cell of an XLSX is a text', async () => {
  const bytes = await writeSheet({ name: 'x', heading: ['Nama'], rows: FORMULAS.map((one) => [one]) }, 'xlsx')
  expect(bytes.subarray(0, 2).toString()).toBe('PK')
  const sheet = partOf(bytes, 'xl/worksheets/sheet1.xml')
  expect(sheet).not.toContain('<f')
  expect(sheet.match(/<c [^>]*t="(?:s|inlineStr)"/g)).toHaveLength(FORMULAS.length + 1)
})
