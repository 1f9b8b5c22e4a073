import type { DocumentKind } from '../../../src/models/application/application.ts'
import type { ReadField } from '../../../src/models/file/look.ts'
import type { Random } from './random.ts'

/** A value that stands on the paper; those of one person share a `row`. */
export type TrueValue = { field: ReadField; value: string; row?: number }

/** A drawn paper: SVG of `width` × `height` tenths of a millimetre and what can be read on it. */
export type Paper = {
  kind: DocumentKind
  svg: string
  width: number
  height: number
  values: readonly TrueValue[]
  /** Height of the capitals of the smallest line that has to be read, in tenths of a millimetre. */
  capital: number
}

export type Look = {
  font: string
  ink: string
  paper: string
  bold: boolean
  pattern: boolean
  stamp: boolean
  fold: boolean
}

const INKS = ['#111111', '#1c1c2e', '#2b2b2b', '#3a3440'] as const
const PAPERS = ['#fdfdfb', '#f7f3e6', '#eef4f8', '#f6f0f4'] as const

export function drawLook(random: Random, fonts: readonly string[]): Look {
  return {
    font: random.pick(fonts),
    ink: random.pick(INKS),
    paper: random.pick(PAPERS),
    bold: random.chance(0.3),
    pattern: random.chance(0.5),
    stamp: random.chance(0.4),
    fold: random.chance(0.4),
  }
}

export type TextStyle = {
  size: number
  bold?: boolean
  italic?: boolean
  middle?: boolean
  colour?: string
  /** How much narrower than usual its letters are set: 1 not at all. */
  narrow?: number
}

export function text(look: Look, value: string, x: number, y: number, style: TextStyle): string {
  const { narrow = 1 } = style
  const attributes = [
    narrow === 1 ? `x="${x}" y="${y}"` : `transform="translate(${x} ${y}) scale(${narrow} 1)"`,
    `font-size="${style.size}" font-family="${look.font}" fill="${style.colour ?? look.ink}"`,
    style.bold ? 'font-weight="700"' : '',
    style.italic ? 'font-style="italic"' : '',
    style.middle ? 'text-anchor="middle"' : '',
  ]
  return `<text ${attributes.join(' ')}>${escape(value)}</text>`
}

export function escape(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

/** The sheet with its print beneath the text, and stamp and fold above it. */
export function sheet(look: Look, size: { width: number; height: number }, body: string): string {
  const { width, height } = size
  const waves = look.pattern
    ? Array.from({ length: Math.ceil(height / 18) }, (_, i) => {
        const y = i * 18
        return `<path d="M0 ${y}Q${width / 8} ${y + 40} ${width / 4} ${y}T${width / 2} ${y}T${(width * 3) / 4} ${y}T${width} ${y}" fill="none" stroke="#9fb8c8" stroke-opacity=".35" stroke-width="2"/>`
      }).join('')
    : ''
  const radius = Math.min(width, height) / 7
  const [x, y] = [width * 0.66, height * 0.78]
  const stamp = look.stamp
    ? `<g fill="none" stroke="#4b3f9a" stroke-opacity=".5" stroke-width="6"><circle cx="${x}" cy="${y}" r="${radius}"/><circle cx="${x}" cy="${y}" r="${radius * 0.7}"/></g>`
    : ''
  const fold = look.fold
    ? `<rect x="${width / 2}" width="8" height="${height}" fill="#888" fill-opacity=".35"/><rect y="${height / 2}" width="${width}" height="6" fill="#999" fill-opacity=".3"/>`
    : ''
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="${look.paper}"/>${waves}${body}${stamp}${fold}</svg>`
}

/** `01-07-2015` */
export function dashed(date: string): string {
  return `${date.slice(8, 10)}-${date.slice(5, 7)}-${date.slice(0, 4)}`
}
