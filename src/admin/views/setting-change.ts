/** What a change of a setting came to, as `old → new`, value by value; what was not there before or is no more is `–`. */
export function settingChange(before: unknown, after: unknown): string {
  const [old, now] = [valuesOf(before), valuesOf(after)]
  const changed = [...new Set([...old.keys(), ...now.keys()])].filter((path) => old.get(path) !== now.get(path))
  return changed.map((path) => `${path}: ${old.get(path) ?? '–'} → ${now.get(path) ?? '–'}`).join('; ')
}

/** Every value by its path; of a list by what names its entries, so that a new first one does not change all. */
function valuesOf(value: unknown, path = ''): Map<string, string> {
  if (value === undefined) return new Map()
  if (typeof value === 'string') return new Map([[path, value]])
  if (typeof value !== 'object' || value === null) return new Map([[path, JSON.stringify(value)]])
  const entries = Array.isArray(value)
    ? value.map((one: unknown, i) => [nameOf(one) ?? String(i + 1), one] as const)
    : Object.entries(value)
  return new Map(entries.flatMap(([key, one]) => [...valuesOf(one, path === '' ? key : `${path} ${key}`)]))
}

function nameOf(entry: unknown): string | undefined {
  const named = entry as { code?: unknown; date?: unknown } | null
  const name = typeof named === 'object' ? (named?.code ?? named?.date) : undefined
  return typeof name === 'string' ? name : undefined
}
