import type { Box, ReadLine } from '../../models/file/look.ts'

/** A line on a page while its values are looked for. Characters and confidences go together. */
export type Line = { text: string; confidences: readonly number[]; box: Box }

/** Lines that come with a file are as sure as the file. */
export function digitalLine(text: string): Line {
  return { text, confidences: Array.from(text, () => 1), box: { x: 0, y: 0, width: 1, height: 1 } }
}

export function confidenceOf(confidences: readonly number[]): number {
  return confidences.length === 0 ? 0 : confidences.reduce((sum, value) => sum + value, 0) / confidences.length
}

export function readLine({ text, confidences, box }: Line): ReadLine {
  return { text, confidence: round(confidenceOf(confidences)), box }
}

/** Three places: what is stored needs no more. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

/** The box that holds both. */
export function around(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)]
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  }
}
