import { ratioOf, reached } from './result.ts'
import type { Result, Row } from './result.ts'

const HEAD = ['what', 'ours', 'baseline', 'ratio', 'goal', 'reached'] as const

/** A result as a Markdown section, its columns padded so that a terminal shows a table, too. */
export function sectionOf({ title, how, rows }: Result): string {
  const cells = [HEAD, ...rows.map(cellsOf)]
  const widths = HEAD.map((_, i) => Math.max(...cells.map((row) => row[i]!.length)))
  const lines = cells.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`)
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [`### ${title}`, '', how, '', lines[0], rule, ...lines.slice(1)].join('\n')
}

function cellsOf(row: Row): readonly string[] {
  const { what, unit, ours, baseline, goal } = row
  const ratio = ratioOf(row)
  const done = reached(row)
  const wanted = goal && ('least' in goal ? `≥ ${goal.least}` : `≤ ${goal.most}`)
  const mark = goal?.of === 'ratio' ? '×' : ` ${unit}`
  const stretch = goal?.stretch === undefined ? '' : ` (stretch ${goal.stretch}${mark})`
  return [
    what,
    `${digits(ours)} ${unit}`.trim(),
    baseline === undefined ? '' : `${digits(baseline)} ${unit}`.trim(),
    ratio === undefined ? '' : `${ratio.toFixed(2)}×`,
    wanted === undefined ? '' : `${wanted}${mark}${stretch}`,
    done === undefined ? '' : done ? 'yes' : 'no',
  ]
}

/** Three significant digits, thousands with a comma. */
function digits(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}
