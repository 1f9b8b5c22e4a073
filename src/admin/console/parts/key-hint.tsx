import css from './key-hint.module.css'

/** The key that does the same; hidden from readers (`aria-keyshortcuts` tells them) and on phones. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <kbd className={css.key} aria-hidden="true">
      {keys}
    </kbd>
  )
}
