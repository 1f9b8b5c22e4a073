/** The value below which `part` (0 to 1) of the values lie, by the nearest rank; null where there are none. */
export function spread(values: readonly number[], part: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null
}

/** Which part of the values holds, 0 to 1; null where there are none. */
export function share(values: readonly number[], holds: (value: number) => boolean): number | null {
  return values.length === 0 ? null : values.filter(holds).length / values.length
}
