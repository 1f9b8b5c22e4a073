import css from './saved-reply-list.module.css'

/** The saved replies whose name begins as typed; arrows mark, Enter takes. */
export function SavedReplyList(props: {
  replies: readonly { code: string; text: string }[]
  typed: string
  marked: number
  onUse: (text: string) => void
}) {
  const { replies, typed, marked, onUse } = props
  return (
    <ul className={css.list} id="balasan" role="listbox" aria-label="Balasan tersimpan">
      {replies.map((one, i) => (
        <li
          key={one.code}
          id={`balasan-${i}`}
          role="option"
          aria-selected={i === marked}
          // the field keeps the focus
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onUse(one.text)}
        >
          <span className={css.code}>
            <mark>/{typed}</mark>
            {one.code.slice(typed.length)}
          </span>
          <span className={css.text}>{one.text}</span>
        </li>
      ))}
    </ul>
  )
}
