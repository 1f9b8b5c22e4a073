import { useEffect, useRef } from 'react'
import type { CSSProperties, PointerEvent } from 'react'
import { moved, scaled } from './frame.ts'
import type { Frame, Size } from './frame.ts'
import css from './photo-controls.module.css'

const HANDLES = [
  [-0.5, -0.5],
  [0, -0.5],
  [0.5, -0.5],
  [0.5, 0],
  [0.5, 0.5],
  [0, 0.5],
  [-0.5, 0.5],
  [-0.5, 0],
] as const
const WHEEL = 0.0012

/** The picture as it came, with the cut over it: drag moves, handles and wheel size it, the office's lines help. */
export function CropView(props: {
  source: string
  picture: Size
  frame: Frame
  /** Where the crown and the eyes belong, as shares of the portrait's height. */
  headHeight: number
  eyeLine: number
  onChange: (by: (frame: Frame) => Frame) => void
}) {
  const { source, picture, frame, headHeight, eyeLine, onChange } = props
  const svg = useRef<SVGSVGElement>(null)
  const held = useRef<{ x: number; y: number; handle: boolean }>(undefined)
  const unit = picture.height / 320
  /** Where a pointer is, in pixels of the picture. */
  const point = (event: PointerEvent) => {
    const onScreen = svg.current?.getScreenCTM()
    if (!onScreen) return { x: 0, y: 0 }
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(onScreen.inverse())
    return { x, y }
  }
  const down = (handle: boolean) => (event: PointerEvent) => {
    event.stopPropagation()
    svg.current?.setPointerCapture(event.pointerId)
    held.current = { ...point(event), handle }
  }
  const move = (event: PointerEvent) => {
    const from = held.current
    if (!from) return
    const to = point(event)
    held.current = { ...to, handle: from.handle }
    if (!from.handle) return onChange((now) => moved(now, { x: to.x - from.x, y: to.y - from.y }, picture))
    onChange((now) => {
      const far = (one: { x: number; y: number }) => Math.hypot(one.x - now.x, one.y - now.y)
      return far(from) === 0 ? now : scaled(now, far(to) / far(from), picture)
    })
  }
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  })
  useEffect(() => {
    const box = svg.current
    const wheel = (event: WheelEvent) => {
      event.preventDefault()
      latest.current((now) => scaled(now, Math.exp(event.deltaY * WHEEL), picture))
    }
    box?.addEventListener('wheel', wheel, { passive: false })
    return () => box?.removeEventListener('wheel', wheel)
  }, [picture])

  const { x, y, width, height, angle } = frame
  const left = x - width / 2
  const top = y - height / 2
  const beyond = picture.width + picture.height
  // eyes stand half-way between crown and chin
  const lines = [
    ['Puncak', top + (eyeLine - headHeight / 2) * height],
    ['Mata', top + eyeLine * height],
    ['Dagu', top + (eyeLine + headHeight / 2) * height],
  ] as const
  return (
    <div className={css.holder}>
      <svg
        ref={svg}
        className={css.crop}
        viewBox={`0 0 ${picture.width} ${picture.height}`}
        style={{ '--ratio': picture.width / picture.height } as CSSProperties}
        role="img"
        aria-label="Foto asli dengan kotak potong 2 banding 3"
        onPointerMove={move}
        onPointerUp={() => (held.current = undefined)}
        onPointerCancel={() => (held.current = undefined)}
      >
        <image href={source} width={picture.width} height={picture.height} />
        <g transform={`rotate(${angle} ${x} ${y})`}>
          <path
            className={css.shade}
            d={`M${x - beyond} ${y - beyond}h${2 * beyond}v${2 * beyond}h${-2 * beyond}zM${left} ${top}h${width}v${height}h${-width}z`}
          />
          <rect
            className={css.box}
            x={left}
            y={top}
            width={width}
            height={height}
            strokeWidth={unit * 1.2}
            onPointerDown={down(false)}
          />
          <g className={css.lines} strokeWidth={unit * 0.7} strokeDasharray={`${unit * 3} ${unit * 2}`}>
            {lines.map(([name, at]) => (
              <path key={name} d={`M${left} ${at}h${width}`} />
            ))}
            <path d={`M${x} ${top}v${height}`} />
          </g>
          <g className={css.labels} fontSize={unit * 7}>
            {lines.map(([name, at]) => (
              <text key={name} x={left + unit * 4} y={at - unit * 3} strokeWidth={unit * 2}>
                {name}
              </text>
            ))}
          </g>
          {HANDLES.map(([h, v]) => (
            <rect
              key={`${h},${v}`}
              className={css.handle}
              x={x + h * width - unit * 3}
              y={y + v * height - unit * 3}
              width={unit * 6}
              height={unit * 6}
              strokeWidth={unit}
              onPointerDown={down(true)}
            />
          ))}
        </g>
      </svg>
    </div>
  )
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Arrow keys move the cut along the edges of the screen, one pixel of a 300 px portrait or, with Shift, ten. */
export function arrowMove(key: string, picture: Size): (now: Frame) => Frame {
  const [h, v] = ARROWS[key.replace('Shift+', '')] ?? [0, 0]
  const steps = key.startsWith('Shift+') ? 10 : 1
  return (now) => {
    const step = (now.height / 300) * steps
    return moved(now, { x: h * step, y: v * step }, picture)
  }
}
