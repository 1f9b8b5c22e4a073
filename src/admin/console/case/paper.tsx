import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { CSSProperties, PointerEvent } from 'react'
import { pictureOf } from '../client/case.ts'
import type { CaseDocument } from '../client/case.ts'
import { pictureRatio, pictureSource } from '../client/pictures.ts'
import { ProblemNotice } from '../parts/problem-notice.tsx'
import type { Mark } from './marks.ts'
import { PaperMarks } from './paper-marks.tsx'
import css from './paper.module.css'
import { zoomed } from './sight.ts'
import type { Sight } from './sight.ts'

/** One wheel notch of 100 px is about a fifth larger or smaller. */
const WHEEL = 0.0018
const CLOSE = 2.5

/**
 * One document's picture: wheel and two fingers zoom where they are, the mouse drags, a double click looks closely and
 * back. How it is looked at is its owner's, so that keys and buttons can change it too.
 */
export function Paper(props: {
  application: string
  document: CaseDocument
  name: string
  reason: string | undefined
  marks: readonly Mark[]
  sight: Sight
  onSight: (change: (sight: Sight) => Sight) => void
}) {
  const { application, document, name, reason, marks, sight, onSight } = props
  const address = pictureOf(application, document, 'full', { reason, page: sight.page })
  const [ratio, setRatio] = useState(() => pictureRatio(application, address))
  const [failed, setFailed] = useState(false)
  const [attempt, setAttempt] = useState(0)
  const paper = useRef<HTMLDivElement>(null)
  const held = useRef<{ x: number; y: number; left: number; top: number }>(undefined)
  // which share of the picture stays where: the middle, unless the wheel or fingers say otherwise
  const anchor = useRef({ x: 0.5, y: 0.5, dx: 0.5, dy: 0.5 })
  const { zoom, turned } = sight
  const settled = useRef(zoom)

  useLayoutEffect(() => {
    const box = paper.current
    if (!box || settled.current === zoom) return
    settled.current = zoom
    const { x, y, dx, dy } = anchor.current
    box.scrollLeft = x * box.scrollWidth - dx * box.clientWidth
    box.scrollTop = y * box.scrollHeight - dy * box.clientHeight
  }, [zoom])

  const scaleAt = useRef((by: number, clientX: number, clientY: number) => {
    const box = paper.current
    if (!box) return
    const { left, top } = box.getBoundingClientRect()
    const [px, py] = [clientX - left, clientY - top]
    anchor.current = {
      x: (box.scrollLeft + px) / box.scrollWidth,
      y: (box.scrollTop + py) / box.scrollHeight,
      dx: px / box.clientWidth,
      dy: py / box.clientHeight,
    }
    onSight((now) => zoomed(now, by))
  }).current
  useZoomGestures(paper, scaleAt)

  const drag = (event: PointerEvent) => {
    const box = paper.current
    if (!box || !held.current) return
    box.scrollLeft = held.current.left - (event.clientX - held.current.x)
    box.scrollTop = held.current.top - (event.clientY - held.current.y)
  }
  const letGo = () => {
    held.current = undefined
  }
  return (
    <div
      className={css.paper}
      ref={paper}
      role="region"
      tabIndex={0}
      aria-label={`Gambar ${name}, dapat digulir`}
      onScroll={({ currentTarget: box }) => {
        anchor.current = {
          x: (box.scrollLeft + box.clientWidth / 2) / box.scrollWidth,
          y: (box.scrollTop + box.clientHeight / 2) / box.scrollHeight,
          dx: 0.5,
          dy: 0.5,
        }
      }}
      onDoubleClick={(event) => scaleAt(zoom > 1 ? 1 / zoom : CLOSE, event.clientX, event.clientY)}
      onPointerDown={(event) => {
        // fingers scroll by themselves
        if (event.pointerType !== 'mouse') return
        const box = event.currentTarget
        held.current = { x: event.clientX, y: event.clientY, left: box.scrollLeft, top: box.scrollTop }
      }}
      onPointerMove={drag}
      onPointerUp={letGo}
      onPointerLeave={letGo}
    >
      {failed ? (
        <ProblemNotice
          error={undefined}
          title={`${name} tidak dapat dibuka. Berkas asli aman.`}
          retry={() => {
            setFailed(false)
            setAttempt((n) => n + 1)
          }}
        />
      ) : (
        <div className={css.sheet} style={{ width: `${zoom * 100}%`, height: `${zoom * 100}%` }}>
          <img
            key={`${attempt}/${sight.page}`}
            src={pictureSource(application, address)}
            alt={name}
            draggable={false}
            data-sideways={turned % 180 !== 0}
            data-known={ratio !== undefined}
            style={{ rotate: `${turned}deg`, '--ratio': ratio } as CSSProperties}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setRatio(naturalWidth / naturalHeight)}
            onError={() => setFailed(true)}
          />
          {ratio !== undefined && (
            <PaperMarks
              marks={marks.filter((mark) => mark.document === document.id && mark.page === sight.page)}
              ratio={ratio}
              turned={turned}
            />
          )}
        </div>
      )}
    </div>
  )
}

/** Wheel and pinch, heard by listeners that may keep the page from scrolling and zooming itself. */
function useZoomGestures(
  target: { current: HTMLElement | null },
  scaleAt: (by: number, clientX: number, clientY: number) => void,
): void {
  useEffect(() => {
    const box = target.current
    if (!box) return undefined
    let span = 0
    const wheel = (event: WheelEvent) => {
      // sideways wheels and Shift scroll, as they do everywhere
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return
      event.preventDefault()
      scaleAt(Math.exp(-event.deltaY * (event.ctrlKey ? 4 : 1) * WHEEL), event.clientX, event.clientY)
    }
    const pinch = (event: TouchEvent) => {
      const [one, two] = event.touches
      if (!one || !two) {
        span = 0
        return
      }
      event.preventDefault()
      const apart = Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY)
      if (span > 0) scaleAt(apart / span, (one.clientX + two.clientX) / 2, (one.clientY + two.clientY) / 2)
      span = apart
    }
    const over = () => {
      span = 0
    }
    box.addEventListener('wheel', wheel, { passive: false })
    box.addEventListener('touchmove', pinch, { passive: false })
    box.addEventListener('touchend', over)
    return () => {
      box.removeEventListener('wheel', wheel)
      box.removeEventListener('touchmove', pinch)
      box.removeEventListener('touchend', over)
    }
  }, [target, scaleAt])
}
