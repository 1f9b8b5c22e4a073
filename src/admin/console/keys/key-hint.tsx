import type { ReactNode } from 'react'
import css from './key-hint.module.css'
import { rowOf, shownKey } from './table.ts'
import type { ActOf, SurfaceName } from './table.ts'

/** Which key of the table; `at`: which of several that the act has. */
type Of<S extends SurfaceName> = { surface: S; act: ActOf<S>; at?: number | undefined }

/** The key that does the same; hidden from readers (`aria-keyshortcuts` tells them) and on phones. */
export function KeyHint<S extends SurfaceName>({ surface, act, at }: Of<S>) {
  const { keys, shown } = rowOf(surface, act)
  return (
    <kbd className={css.key} aria-hidden="true">
      {at === undefined ? (shown ?? shownKey(keys[0])) : keys[at]}
    </kbd>
  )
}

/** A key of the table as `aria-keyshortcuts` has it. */
export const shortcut = <S extends SurfaceName>(surface: S, act: ActOf<S>, at = 0): string | undefined =>
  rowOf(surface, act).keys[at]?.replace('Ctrl+', 'Control+')

/** What a button of an act says of its key, to all. */
export function hinted<S extends SurfaceName>(
  surface: S,
  act: ActOf<S>,
  at?: number,
): { rightSection: ReactNode; 'aria-keyshortcuts': string | undefined } {
  return {
    rightSection: <KeyHint surface={surface} act={act} at={at} />,
    'aria-keyshortcuts': shortcut(surface, act, at),
  }
}
