export type SheetFormat = 'csv' | 'xlsx'
/** A heading and rows of texts. Nothing in them is ever a formula. */
export type Sheet = { name: string; heading: readonly string[]; rows: readonly (readonly string[])[] }

export const SHEET_TYPES: Record<SheetFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** The bytes of a file that spreadsheets open: every cell a text, whatever it begins with. */
export async function writeSheet(sheet: Sheet, format: SheetFormat): Promise<Buffer> {
  if (format === 'csv') return Buffer.from(csvOf(sheet))
  const { heading, rows } = sheet
  // loaded when it is asked for: few processes ever write one
  const { default: writeExcelFile } = await import('write-excel-file/node')
  return writeExcelFile(
    [
      heading.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
      // sixteen digits as a number would lose the last ones
      ...rows.map((row) => row.map((value) => ({ value, type: String }))),
    ],
    { sheet: sheet.name.slice(0, 31), columns: heading.map((one, i) => ({ width: widthOf(one, rows, i) })) },
  ).toBuffer()
}

/** RFC 4180 with a mark of UTF-8, which Excel needs; semicolons, since an Indonesian Excel takes commas for decimals. */
function csvOf({ heading, rows }: Sheet): string {
  const lines = [heading, ...rows].map((row) => row.map((cell) => quoted(harmless(cell))).join(';'))
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

/** What a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection). */
export function harmless(cell: string): string {
  return /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(cell) ? `'${cell}` : cell
}
function quoted(cell: string): string {
  return /[";\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

const [NARROW, WIDE, MEASURED] = [8, 50, 200]
function widthOf(heading: string, rows: Sheet['rows'], column: number): number {
  const longest = Math.max(heading.length, ...rows.slice(0, MEASURED).map((row) => row[column]?.length ?? 0))
  return Math.min(WIDE, Math.max(NARROW, longest + 1))
}
