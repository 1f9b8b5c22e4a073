import css from './identity-number.module.css'

/**
 * A NIK or KK number in groups of four. The groups are set apart by margins, so that a copied selection holds the
 * sixteen digits and no spaces; masked numbers keep their stars. `against`: another number, from which the underlined
 * digits differ.
 */
export function IdentityNumber(props: { value: string; strong?: boolean; against?: string | undefined }) {
  const { value, strong = false, against } = props
  const groups = value.match(/.{1,4}/g) ?? []
  return (
    <span className={css.number} data-strong={strong}>
      {groups.map((group, i) => (
        <span key={i}>{against?.length === value.length ? marked(group, against.slice(4 * i)) : group}</span>
      ))}
    </span>
  )
}

const marked = (group: string, against: string) =>
  group.split('').map((digit, i) => (digit === against[i] ? digit : <u key={i}>{digit}</u>))
