import { useLayoutEffect, useRef, useState } from 'react'
import type { CSSProperties, PointerEvent, RefObject } from 'react'
import { pictureOf } from '../../client/case.ts'
import type { CaseDocument } from '../../client/case.ts'
import { pictureRatio, pictureSource } from '../../client/pictures.ts'
import { ProblemNotice } from '../../parts/notices.tsx'
import { usePhone } from '../../parts/surroundings.ts'
import { severityColors } from '../../theme/theme.ts'
import type { Mark } from '../side/findings.ts'
import { readableZoom, useAnchor, useZoomGestures, zoomed } from './sight.ts'
import type { Sight } from './sight.ts'
import css from './viewer.module.css'

const CLOSE = 2.5
/** Of a sheet of paper, on which nothing is written, as a share of its width. */
const MARGIN = 0.07

/**
 * One document's picture: wheel and two fingers zoom where they are, the mouse drags, a double click looks closely and
 * back. How it is looked at is its owner's, so that keys and buttons can change it too.
 */
export function Paper(props: {
  application: string
  document: CaseDocument
  name: string
  reason: string | undefined
  /** An edited portrait as it came. */
  asSent: boolean
  marks: readonly Mark[]
  sight: Sight
  onSight: (change: (sight: Sight) => Sight) => void
}) {
  const { application, document, name, reason, asSent, marks, sight, onSight } = props
  const address = pictureOf(application, document, 'full', { reason, page: sight.page, asSent })
  const [ratio, setRatio] = useState(() => pictureRatio(application, address))
  const [failed, setFailed] = useState(false)
  const [attempt, setAttempt] = useState(0)
  const paper = useRef<HTMLDivElement>(null)
  const held = useRef<{ x: number; y: number; left: number; top: number }>(undefined)
  const { zoom = 1, turned, page } = sight
  const here = marks.filter((mark) => mark.document === document.id && mark.page === page)
  const keep = useAnchor(paper, zoom)
  useFirstLook(paper, { kind: document.kind, ratio, line: here[0]?.box, sight, onSight, keep })

  const scaleAt = useRef((by: number, clientX: number, clientY: number) => {
    const box = paper.current
    if (!box) return
    const { left, top } = box.getBoundingClientRect()
    keep((clientX - left) / box.clientWidth, (clientY - top) / box.clientHeight)
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
      onScroll={() => keep()}
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
        <div
          className={css.sheet}
          data-large={ratio !== undefined && zoom > 1}
          style={{ '--zoom': zoom, '--shape': turned % 180 === 0 ? ratio : 1 / (ratio ?? 1) } as CSSProperties}
        >
          <img
            key={`${attempt}/${page}`}
            src={pictureSource(application, address)}
            alt={name}
            draggable={false}
            data-sideways={turned % 180 !== 0}
            data-known={ratio !== undefined}
            style={{ rotate: `${turned}deg`, '--ratio': ratio } as CSSProperties}
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setRatio(naturalWidth / naturalHeight)}
            onError={() => setFailed(true)}
          />
          {ratio !== undefined && <PaperMarks marks={here} ratio={ratio} turned={turned} />}
        </div>
      )}
    </div>
  )
}

/**
 * On a phone a whole page would be too small to be read: it begins at the line that a finding marks, else at its top, and
 * so does every other page. A face is looked at, not read.
 */
function useFirstLook(
  paper: RefObject<HTMLElement | null>,
  of: {
    kind: CaseDocument['kind']
    ratio: number | undefined
    line: Mark['box'] | undefined
    sight: Sight
    onSight: (change: (sight: Sight) => Sight) => void
    keep: () => void
  },
): void {
  const phone = usePhone()
  const latest = useRef(of)
  useLayoutEffect(() => {
    latest.current = of
  })
  const { kind, ratio } = of
  const { page, zoom } = of.sight
  const chosen = zoom !== undefined
  useLayoutEffect(() => {
    const box = paper.current
    if (!box || !phone || ratio === undefined || kind === 'portrait') return
    const { line, onSight, keep } = latest.current
    if (!chosen) {
      const first = readableZoom({ width: box.clientWidth, height: box.clientHeight }, { kind, ratio, line })
      return onSight((now) => ({ ...now, zoom: first }))
    }
    const mark = box.querySelector('[data-mark]')
    const there = (mark ?? box.querySelector('img'))?.getBoundingClientRect()
    if (!there) return
    const seen = box.getBoundingClientRect()
    const beside = (there.width - box.clientWidth) / 2
    box.scrollLeft += there.left - seen.left + (mark ? beside : Math.min(beside, MARGIN * there.width))
    box.scrollTop += there.top - seen.top - (mark ? (box.clientHeight - there.height) / 2 : 0)
    keep()
  }, [paper, phone, kind, ratio, page, chosen])
}

/** The lines on a picture that findings speak of, turned with it. What they mean is said beside the findings. */
function PaperMarks({ marks, ratio, turned }: { marks: readonly Mark[]; ratio: number; turned: number }) {
  if (marks.length === 0) return null
  return (
    <div
      className={css.marks}
      aria-hidden="true"
      data-sideways={turned % 180 !== 0}
      style={{ rotate: `${turned}deg`, '--ratio': ratio } as CSSProperties}
    >
      {marks.map(({ n, box, severity }) => (
        <span
          key={n}
          className={css.mark}
          data-mark={n}
          style={
            {
              left: `${100 * box.x}%`,
              top: `${100 * box.y}%`,
              width: `${100 * box.width}%`,
              height: `${100 * box.height}%`,
              '--mark': severityColors[severity].solid,
            } as CSSProperties
          }
        >
          <b style={{ rotate: `${-turned}deg` }}>{n}</b>
        </span>
      ))}
    </div>
  )
}
