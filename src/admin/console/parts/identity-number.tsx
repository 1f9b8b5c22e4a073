import css from './identity-number.module.css'

/**
 * A NIK or KK number in groups of four. The groups are set apart by margins, so that a copied selection holds the
 * sixteen digits and no spaces; masked numbers keep their stars.
 */
export function IdentityNumber({ value, strong = false }: { value: string; strong?: boolean }) {
  const groups = value.match(/.{1,4}/g) ?? []
  return (
    <span className={css.number} data-strong={strong}>
      {groups.map((group, i) => (
        <span key={i}>{group}</span>
      ))}
    </span>
  )
}
