/** Each reason gets the first letter of its label that is still free. */
export function lettered<T extends { label: string }>(list: readonly T[]): readonly (T & { letter: string })[] {
  const taken = new Set<string>()
  return list.map((one) => {
    const letters = one.label.toUpperCase().match(/[A-Z]/g) ?? []
    const letter = letters.find((candidate) => !taken.has(candidate)) ?? '?'
    taken.add(letter)
    return { ...one, letter }
  })
}
