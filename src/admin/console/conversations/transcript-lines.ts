import type { Said, Transcript } from './conversations.ts'

type Turnover = Transcript['turnovers'][number]
export type TurnoverAt = {
  key: string
  at: string
  by: Turnover['by']
  what: 'taken' | 'handed-back' | 'expired' | 'taken-over'
}
export type Line = { key: string; at: string; said: Said } | TurnoverAt

/** Messages of all pages and the turnovers between them, oldest first. `pages`: the newest first. */
export function linesOf(pages: readonly Transcript[]): Line[] {
  const said = pages.toReversed().flatMap((page) => page.items.map((one) => ({ key: one.id, at: one.at, said: one })))
  const turnovers = new Map(pages.flatMap((page) => page.turnovers.map((one) => [one.id, one] as const)))
  const turned = [...turnovers.values()].flatMap(({ id, by, at, end }): TurnoverAt[] => [
    { key: id, at, by, what: 'taken' },
    ...(end ? [{ key: `${id}/end`, at: end.at, by, what: end.how }] : []),
  ])
  // what lies before the loaded pages comes with them
  const begins = pages.at(-1)?.earlier === undefined ? '' : (said[0]?.at ?? '')
  return [...turned.filter((one) => one.at >= begins), ...said].sort((a, b) => a.at.localeCompare(b.at))
}
