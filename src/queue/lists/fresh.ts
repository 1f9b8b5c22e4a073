/** `read`, at most once in `ms`; callers in between share the answer, and a failure is not kept. */
export function fresh<T>(ms: number, now: () => Date, read: () => Promise<T>): () => Promise<T> {
  let held: { at: number; value: Promise<T> } | undefined
  return () => {
    const at = now().getTime()
    if (held && at - held.at < ms) return held.value
    const value = read()
    held = { at, value }
    value.catch(() => {
      if (held?.value === value) held = undefined
    })
    return value
  }
}
