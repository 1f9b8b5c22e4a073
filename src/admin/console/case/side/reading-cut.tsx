import { useState } from 'react'
import type { ReadValueView } from '../../../contract/application.ts'
import own from './context-column.module.css'

/** Shares of the line's own size that are shown around it. */
const AROUND = { x: 0.04, y: 0.4 }

/** The line of a page that shows a value, cut out of the page's picture: a wide one with more of what is around it. */
export function ReadingCut(props: {
  address: string
  box: ReadValueView['box']
  name: string
  /** In pixels; known before the picture's shape is, so that nothing below moves when it comes. */
  high?: number
}) {
  const { address, box, name, high = 56 } = props
  const [shape, setShape] = useState<number>()
  const x = Math.max(0, box.x - box.width * AROUND.x)
  const y = Math.max(0, box.y - box.height * AROUND.y)
  const width = Math.min(1 - x, box.width * (1 + 2 * AROUND.x))
  const height = Math.min(1 - y, box.height * (1 + 2 * AROUND.y))
  if (width <= 0 || height <= 0) return null
  return (
    <span
      className={own.cut}
      role="img"
      aria-label={name}
      // a short line is made narrower, or it would not be seen whole
      style={{ height: high, maxWidth: shape === undefined ? undefined : (high * shape * width) / height }}
    >
      <img
        src={address}
        alt=""
        draggable={false}
        // moved by shares of itself: shares of the frame would be off by its border, times the lines above
        style={{ width: `${100 / width}%`, translate: `${-100 * x}% ${-100 * (y + height / 2)}%` }}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setShape(naturalWidth / naturalHeight)}
      />
    </span>
  )
}
