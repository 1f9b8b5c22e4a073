import type { Line } from '../../../src/media/reading/line.ts'
import { digitalLine } from '../../../src/media/reading/line.ts'
import type { PageLook, ReadValue } from '../../../src/models/file/look.ts'

const CELL = { width: 0.15, height: 0.02 }

/** A line as if it had been read surely, its left upper corner at shares of the page. */
export function lineAt(text: string, x: number, y: number, confidence = 0.99): Line {
  const width = Math.max(0.01, (CELL.width * text.length) / 16)
  return { text, confidences: Array.from(text, () => confidence), box: { x, y, width, height: CELL.height } }
}

/** Rows of cells, each column at its place. */
export function tableOf(rows: readonly (readonly string[])[], columns: readonly number[], top: number): Line[] {
  return rows.flatMap((cells, row) => cells.map((text, i) => lineAt(text, columns[i] ?? 0, top + row * 0.03)))
}

export function digitalLines(text: string): Line[] {
  return text
    .trim()
    .split('\n')
    .map((line) => digitalLine(line.trim()))
}

/** A sharp page of a kind with values that were read surely. */
export function pageLook(kind: NonNullable<PageLook['kind']>['kind'], values: readonly Partial<ReadValue>[]): PageLook {
  return {
    width: 1600,
    height: 1200,
    turn: 0,
    skew: 0,
    text: 'read',
    lines: [],
    values: values.map((value) => ({
      field: 'name',
      value: '',
      confidence: 0.99,
      box: { x: 0.1, y: 0.1, width: 0.2, height: 0.02 },
      ...value,
    })),
    kind: { kind, confidence: 0.9 },
    legibility: { lineHeight: 24, sharpness: 0.4, legible: true },
  }
}
