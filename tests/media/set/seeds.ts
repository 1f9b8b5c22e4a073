/**
 * The two halves of the generated set, fixed before any threshold and any matcher was written. Thresholds are set on
 * `development` alone. `heldOut` is drawn from other seeds and in other typefaces; it is only ever counted.
 */
export type Split = 'development' | 'heldOut'

const run = (from: number, count: number): readonly number[] => Array.from({ length: count }, (_, i) => from + i)

export const SEEDS: Record<Split, readonly number[]> = {
  development: run(1000, 64),
  heldOut: run(7000, 64),
}

export const FONTS: Record<Split, readonly string[]> = {
  development: ['Liberation Sans', 'DejaVu Sans', 'Liberation Serif'],
  heldOut: ['Noto Sans', 'Liberation Sans Narrow', 'DejaVu Serif', 'DejaVu Sans Condensed', 'Noto Serif'],
}
