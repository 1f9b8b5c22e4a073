import { ActionIcon } from '@mantine/core'
import { IconArrowsMaximize, IconMinus, IconPlus, IconRotate2, IconRotateClockwise2 } from '@tabler/icons-react'
import { useLayoutEffect, useRef, useState } from 'react'
import type { PointerEvent } from 'react'
import { pictureOf } from '../client/case.ts'
import type { CaseDocument } from '../client/case.ts'
import { pictureSource } from '../client/pictures.ts'
import { useKeys } from '../keys/use-keys.ts'
import { ProblemNotice } from '../parts/problem-notice.tsx'
import { SeverityIcon } from '../parts/severity-icon.tsx'
import { documentName, senderChangeName } from '../words/document.ts'
import { fullMoment } from '../words/time.ts'
import css from './viewer.module.css'

const STEP = 1.25
const LEAST = 0.5
const MOST = 8

/** One document: zoom, turn, drag or scroll. `reason` is what the operator gave where a reason is asked for. */
export function Viewer(props: {
  application: string
  document: CaseDocument
  all: readonly CaseDocument[]
  reason: string | undefined
  active: boolean
}) {
  const { application, document, all, reason, active } = props
  const [zoom, setZoom] = useState(1)
  const [turned, setTurned] = useState(0)
  const [failed, setFailed] = useState(false)
  const [attempt, setAttempt] = useState(0)
  const paper = useRef<HTMLDivElement>(null)
  const held = useRef<{ x: number; y: number; left: number; top: number }>(undefined)
  const scale = (by: number) => setZoom((now) => Math.min(MOST, Math.max(LEAST, now * by)))
  // what was in the middle stays in the middle
  const middle = useRef({ x: 0.5, y: 0.5 })
  useLayoutEffect(() => {
    const box = paper.current
    if (!box) return
    box.scrollLeft = middle.current.x * box.scrollWidth - box.clientWidth / 2
    box.scrollTop = middle.current.y * box.scrollHeight - box.clientHeight / 2
  }, [zoom])
  const fit = () => {
    setZoom(1)
    setTurned(0)
  }
  useKeys(
    {
      '+': () => scale(STEP),
      '=': () => scale(STEP),
      '-': () => scale(1 / STEP),
      '0': fit,
      '[': () => setTurned((now) => now - 90),
      ']': () => setTurned((now) => now + 90),
    },
    active,
  )
  const name = documentName(document, all, 'full')
  const place = all.findIndex((one) => one.id === document.id) + 1
  const address = pictureOf(application, document.id, 'full', reason)
  const drag = (event: PointerEvent) => {
    const box = paper.current
    if (!box || !held.current) return
    box.scrollLeft = held.current.left - (event.clientX - held.current.x)
    box.scrollTop = held.current.top - (event.clientY - held.current.y)
  }

  return (
    <section className={css.viewer} aria-label={name}>
      <div className={css.tools}>
        <h2 className={css.name}>{name}</h2>
        <span className={css.when}>
          {place} dari {all.length} · diterima {fullMoment(document.at)}
        </span>
        <ActionIcon aria-label="Perkecil" aria-keyshortcuts="-" onClick={() => scale(1 / STEP)}>
          <IconMinus size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label="Perbesar" aria-keyshortcuts="+" onClick={() => scale(STEP)}>
          <IconPlus size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label="Pas layar" aria-keyshortcuts="0" onClick={fit}>
          <IconArrowsMaximize size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label="Putar ke kiri" aria-keyshortcuts="[" onClick={() => setTurned((now) => now - 90)}>
          <IconRotate2 size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label="Putar ke kanan" aria-keyshortcuts="]" onClick={() => setTurned((now) => now + 90)}>
          <IconRotateClockwise2 size={18} aria-hidden />
        </ActionIcon>
      </div>
      {document.senderChange && (
        <p className={css.changed}>
          <SeverityIcon severity="check" over="var(--surface)" />
          {senderChangeName[document.senderChange.kind]} {fullMoment(document.senderChange.at)}. Berkas ini tetap
          tersimpan.
        </p>
      )}
      {document.mediaType === 'application/pdf' ? (
        <iframe className={css.pdf} src={address} title={name} />
      ) : (
        <div
          className={css.paper}
          ref={paper}
          role="region"
          tabIndex={0}
          aria-label={`Gambar ${name}, dapat digulir`}
          onScroll={({ currentTarget: box }) => {
            middle.current = {
              x: (box.scrollLeft + box.clientWidth / 2) / box.scrollWidth,
              y: (box.scrollTop + box.clientHeight / 2) / box.scrollHeight,
            }
          }}
          onPointerDown={(event) => {
            const box = event.currentTarget
            held.current = { x: event.clientX, y: event.clientY, left: box.scrollLeft, top: box.scrollTop }
          }}
          onPointerMove={drag}
          onPointerUp={() => (held.current = undefined)}
          onPointerLeave={() => (held.current = undefined)}
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
                key={attempt}
                src={pictureSource(application, address)}
                alt={name}
                draggable={false}
                data-sideways={turned % 180 !== 0}
                style={{ rotate: `${turned}deg` }}
                onError={() => setFailed(true)}
              />
            </div>
          )}
        </div>
      )}
    </section>
  )
}
