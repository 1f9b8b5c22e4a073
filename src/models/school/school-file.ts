import { parseNpsn } from './school.ts'
import type { School } from './school.ts'

/** What a school file holds; `problems` are sentences that name their line, and such a line is not in `schools`. */
export type SchoolFile = { schools: readonly School[]; problems: readonly string[] }

const COLUMNS = ['npsn', 'name', 'kecamatan', 'enrolled'] as const
type Column = (typeof COLUMNS)[number]
const SHORTEST_NAME = 3
const LONGEST = 120
const MOST_ENROLLED = 100_000

/**
 * Reads a CSV file of schools: a header `npsn,name,kecamatan,enrolled` in any order (comma or semicolon, as Excel
 * writes it), then a school a line. `enrolled` may be empty.
 */
export function parseSchoolFile(text: string): SchoolFile {
  const rows = parseCsv(text.replace(/^\u{feff}/u, ''))
  const header = rows[0]?.cells.map((cell) => cell.trim().toLowerCase()) ?? []
  const missing = COLUMNS.filter((column) => !header.includes(column))
  if (missing.length > 0) {
    return { schools: [], problems: [`line 1: the header lacks ${missing.join(', ')} (expected ${COLUMNS.join(',')})`] }
  }
  const schools = new Map<string, School>()
  const problems: string[] = []
  for (const { line, cells } of rows.slice(1)) {
    if (cells.every((cell) => cell.trim() === '')) continue
    const value = (column: Column) => cells[header.indexOf(column)]?.trim() ?? ''
    const read = readSchool(value, cells.length, header.length)
    if (typeof read === 'string') problems.push(`line ${line}: ${read}`)
    else if (schools.has(read.npsn)) problems.push(`line ${line}: npsn ${read.npsn} stands in the file twice`)
    else schools.set(read.npsn, read)
  }
  if (rows.length < 2) problems.push('the file has no schools')
  return { schools: [...schools.values()], problems }
}

function readSchool(value: (column: Column) => string, cells: number, columns: number): School | string {
  const npsn = parseNpsn(value('npsn'))
  const enrolled = value('enrolled')
  if (cells !== columns) return `${cells} values where the header has ${columns}`
  if (npsn === undefined) return `"${value('npsn').slice(0, 20)}" is no NPSN (8 digits, or P or K and 7 digits)`
  if (value('name').length < SHORTEST_NAME) return 'the name is missing'
  if (value('kecamatan') === '') return 'the kecamatan is missing'
  if (value('name').length > LONGEST || value('kecamatan').length > LONGEST)
    return `a value is over ${LONGEST} characters`
  if (!/^\d*$/.test(enrolled) || Number(enrolled) > MOST_ENROLLED)
    return `enrolled "${enrolled.slice(0, 20)}" is no number`
  return {
    npsn,
    name: value('name').replaceAll(/\s+/g, ' '),
    kecamatan: value('kecamatan').replaceAll(/\s+/g, ' '),
    enrolled: enrolled === '' ? null : Number(enrolled),
    sample: false,
  }
}

/** RFC 4180 with the separator of the header; `line` is where a row begins. */
function parseCsv(text: string): { line: number; cells: string[] }[] {
  const separator = /^[^\n,;]*;/.test(text) ? ';' : ','
  const rows: { line: number; cells: string[] }[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  let began = 1
  const endRow = () => {
    rows.push({ line: began, cells: [...cells, cell] })
    cells = []
    cell = ''
  }
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i)
    if (char === '\n') line += 1
    if (quoted) {
      if (char !== '"') cell += char
      else if (text.charAt(i + 1) === '"') cell += text.charAt(++i)
      else quoted = false
    } else if (char === '"' && cell.trim() === '') [quoted, cell] = [true, '']
    else if (char === separator) {
      cells.push(cell)
      cell = ''
    } else if (char === '\n') {
      endRow()
      began = line
    } else if (char !== '\r') cell += char
  }
  if (cell !== '' || cells.length > 0) endRow()
  return rows
}
