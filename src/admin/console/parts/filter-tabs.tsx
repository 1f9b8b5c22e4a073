import css from './filter-tabs.module.css'

/** Which part of a list is shown. */
export function FilterTabs<T extends string>(props: {
  label: string
  value: T
  options: readonly { value: T; name: string }[]
  onChange: (value: T) => void
}) {
  return (
    <div className={css.tabs} role="group" aria-label={props.label}>
      {props.options.map(({ value, name }) => (
        <button key={value} type="button" aria-pressed={value === props.value} onClick={() => props.onChange(value)}>
          {name}
        </button>
      ))}
    </div>
  )
}
