import type { Place } from '../models/mongo/behind.ts'

/** A place as pages of a list say it. */
export const placeKey = ({ at, id }: Place<Date>): string => `${at.getTime()}-${id}`

/** The place that `placeKey` has said. */
export function placeOf(key: string): Place<Date> {
  const cut = key.indexOf('-')
  return { at: new Date(Number(key.slice(0, cut))), id: key.slice(cut + 1) }
}
