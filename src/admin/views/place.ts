import type { Place } from '../../models/store/behind.ts'

/** A place as pages of a list say it. */
export const placeKey = ({ at, id }: Place<Date>): string => `${at.getTime()}-${id}`

/** Where a list goes on behind a page of at most `limit` rows; undefined where this one was not full. */
export function nextPlace<Row>(rows: readonly Row[], limit: number, place: (row: Row) => Place<Date>) {
  const last = rows.length < limit ? undefined : rows.at(-1)
  return last && placeKey(place(last))
}

/** The place that `placeKey` has said. */
export function placeOf(key: string | undefined): Place<Date> | undefined {
  if (key === undefined) return undefined
  const cut = key.indexOf('-')
  return { at: new Date(Number(key.slice(0, cut))), id: key.slice(cut + 1) }
}
