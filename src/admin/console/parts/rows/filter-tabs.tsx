import css from './filter-tabs.module.css'

/** Which part of a list is shown. */
export function FilterTabs<T extends string>(props: {
  label: string
  value: T
  options: readonly { value: T; name: string }[]
  /** A number in one of the names is on its way: they come with it, or it would push those after it. */
  pending?: boolean
  onChange: (value: T) => void
}) {
  return (
    <div className={css.tabs} role="group" aria-label={props.label} data-pending={props.pending}>
      {props.options.map(({ value, name }) => (
        <button
          key={value}
          type="button"
          aria-current={value === props.value ? 'true' : undefined}
          onClick={() => props.onChange(value)}
        >
          {name}
        </button>
      ))}
    </div>
  )
}
