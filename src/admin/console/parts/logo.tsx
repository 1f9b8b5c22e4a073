/** The mark of the service: a card in a rounded square. Decoration; the name stands beside it. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden="true">
      <rect width="28" height="28" rx="6" fill="var(--accent)" />
      <rect x="5" y="8" width="18" height="13" rx="1.5" fill="none" stroke="var(--on-accent)" strokeWidth="1.8" />
      <circle cx="10.5" cy="13" r="2" fill="var(--on-accent)" />
      <path
        d="M7.5 18c.4-1.8 1.500-2.500 3-2.500s2.600.7 3 2.500M16.500 12.500h3.500M16.500 16h3.500"
        stroke="var(--on-accent)"
        strokeWidth="1.6"
        fill="none"
      />
    </svg>
  )
}
