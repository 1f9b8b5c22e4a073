import type { FindingView } from '../../contract/application.ts'

export type Severity = FindingView['severity']

/** Octagon, triangle or ring: the shape tells the severity without its colour. `over`: the colour of the sign inside. */
export function SeverityIcon({ severity, over, size = 14 }: { severity: Severity; over: string; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {severity === 'heavy' && (
        <>
          <path fill="currentColor" d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" />
          <path stroke={over} strokeWidth="2" d="M8 4v5M8 11v1.500" />
        </>
      )}
      {severity === 'check' && (
        <>
          <path fill="currentColor" d="M8 1l7.500 14H.5z" />
          <path stroke={over} strokeWidth="1.8" d="M8 6v4M8 11.800v1.400" />
        </>
      )}
      {severity === 'note' && (
        <>
          <circle cx="8" cy="8" r="6.700" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path stroke="currentColor" strokeWidth="1.8" d="M8 7.200v4.300M8 4.300v1.500" />
        </>
      )}
    </svg>
  )
}

/** The word of a severity, for readers that see neither shape nor colour. */
export const severityName: Record<Severity, string> = { heavy: 'berat', check: 'periksa', note: 'catatan' }
