/** Where a page of a list ended: the value that its order goes by, and the id, which breaks ties. */
export type Place<T> = { at: T; id: string }

/**
 * What comes behind `place` in the order of `by` and then of the ids, as bounds that an index gives in that order:
 * alternatives for the ties would have all be sorted first.
 */
export function behind<T>(by: string, place: Place<T> | undefined, way: 1 | -1 = 1) {
  if (!place) return {}
  const { at, id } = place
  return way === 1
    ? { [by]: { $gte: at }, $nor: [{ [by]: at, _id: { $lte: id } }] }
    : { [by]: { $lte: at }, $nor: [{ [by]: at, _id: { $gte: id } }] }
}
