import type { Action } from '../../../src/models/application/transitions.ts'

/** What somebody of the office did to a case at a page, and saw that it was done. */
export type Deed = { by: string; ticket: string; act: Action }

/** All that the office did in a morning, each case's deeds in their order; and what went over the line for it. */
export type Diary = {
  readonly deeds: readonly Deed[]
  /** Deeds of one case. */
  of(ticket: string): readonly Deed[]
  note(deed: Deed): void
}

export function openDiary(): Diary {
  const deeds: Deed[] = []
  return {
    deeds,
    of: (ticket) => deeds.filter((deed) => deed.ticket === ticket),
    note: (deed) => void deeds.push(deed),
  }
}
