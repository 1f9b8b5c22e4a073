import { Button } from '@mantine/core'
import { Fragment, useLayoutEffect, useRef } from 'react'
import { nextPage } from '../client/paged-query-client.ts'
import { useTranscript } from './conversations.ts'
import { ProblemNotice } from '../parts/problem-notice.tsx'
import { SkeletonRows } from '../parts/rows/skeleton-rows.tsx'
import { useNow } from '../parts/use-now.ts'
import { dayName } from '../words/time.ts'
import { MessageBubble } from './message-bubble.tsx'
import { linesOf } from './transcript-lines.ts'
import css from './transcript-log.module.css'
import { TurnoverLine } from './turnover-line.tsx'

/** Everything that was said, by both sides and all of ours; the newest at the foot, where it stays. */
export function TranscriptLog({ id, name, reason }: { id: string; name: string; reason: string | undefined }) {
  const query = useTranscript(id, reason)
  const now = useNow(60_000)
  const log = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLOListElement>(null)
  const atFoot = useRef(true)
  const lines = linesOf(query.data?.pages ?? [])
  const [oldest, newest] = [lines[0]?.key, lines.at(-1)?.key]
  /** Pixels from the view's top to the foot. */
  const toEnd = useRef(0)
  const measure = () => {
    if (log.current) toEnd.current = log.current.scrollHeight - log.current.scrollTop
  }
  // older messages come above what is read, which stays where it is
  useLayoutEffect(() => {
    if (log.current && !atFoot.current) log.current.scrollTop = log.current.scrollHeight - toEnd.current
  }, [oldest])
  useLayoutEffect(measure)
  useLayoutEffect(() => {
    const node = log.current
    if (!node) return undefined
    const toFoot = () => {
      if (atFoot.current) node.scrollTop = node.scrollHeight
    }
    toFoot()
    // the box to answer in comes and goes below it, and messages that were not drawn yet have another height
    const watch = new ResizeObserver(toFoot)
    for (const one of [node, list.current]) if (one) watch.observe(one)
    return () => watch.disconnect()
  }, [newest])

  if (!query.data) {
    return query.isError ? (
      <ProblemNotice
        error={query.error}
        title="Isi percakapan tidak dapat dimuat."
        retry={() => void query.refetch()}
      />
    ) : (
      <SkeletonRows label="Memuat isi percakapan" />
    )
  }
  return (
    <div
      ref={log}
      className={css.log}
      role="region"
      tabIndex={0}
      aria-label="Isi percakapan"
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        atFoot.current = scrollHeight - scrollTop - clientHeight < 40
        measure()
      }}
    >
      {query.hasNextPage && (
        <Button
          className={css.earlier ?? ''}
          variant="subtle"
          loading={query.isFetchingNextPage}
          onClick={() => void nextPage(query)}
        >
          Pesan sebelumnya
        </Button>
      )}
      <ol ref={list} className={css.lines} aria-live="polite">
        {lines.map((line, i) => (
          <Fragment key={line.key}>
            {dayName(line.at, now) !== dayName(lines[i - 1]?.at, now) && (
              <li className={css.day}>{dayName(line.at, now)}</li>
            )}
            {'said' in line ? (
              <MessageBubble chat={id} said={line.said} name={name} reason={reason} />
            ) : (
              <TurnoverLine line={line} />
            )}
          </Fragment>
        ))}
      </ol>
    </div>
  )
}
