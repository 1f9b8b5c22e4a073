type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without the names that have no value: what is optional is left out, not undefined. */
export function given<T extends Record<string, unknown>>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>
}
