import { IconArrowBackUp, IconBan } from '@tabler/icons-react'
import type { Stage } from '../client/rights.ts'
import { stageSixths } from '../words/stage.ts'

/** A ring that fills by a sixth a stage, in one hue; stages outside the way have a sign of their own. Decoration. */
export function StageRing({ stage, size = 16 }: { stage: Stage; size?: number }) {
  const sixths = stageSixths[stage]
  if (stage === 'returned') return <IconArrowBackUp size={size} aria-hidden />
  if (sixths === undefined) return <IconBan size={size} aria-hidden />
  const angle = (sixths / 6) * 2 * Math.PI
  const x = (8 + 4 * Math.sin(angle)).toFixed(2)
  const y = (8 - 4 * Math.cos(angle)).toFixed(2)
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      {sixths === 6 ? (
        <circle cx="8" cy="8" r="4" fill="currentColor" />
      ) : (
        <path fill="currentColor" d={`M8 8V4A4 4 0 ${sixths > 3 ? 1 : 0} 1 ${x} ${y}z`} />
      )}
    </svg>
  )
}
