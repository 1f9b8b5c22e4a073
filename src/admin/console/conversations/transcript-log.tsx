import { Button, TextInput } from '@mantine/core'
import { Fragment, useLayoutEffect, useRef, useState } from 'react'
import { nextPage } from '../client/queries.ts'
import { useMe } from '../client/session.ts'
import { useKeys } from '../keys/use-keys.ts'
import { Pending, RowsState } from '../parts/rows.tsx'
import { useNow } from '../parts/surroundings.ts'
import { clock, dayName, fullMoment } from '../words/time.ts'
import { useTranscript, useTranscriptSearch } from './conversations.ts'
import type { Said, Transcript } from './conversations.ts'
import { MessageBubble } from './message-bubble.tsx'
import css from './transcript-log.module.css'

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
    return <Pending query={query} failed="Isi percakapan tidak dapat dimuat." loading="Memuat isi percakapan" />
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

type Turnover = Transcript['turnovers'][number]
type TurnoverAt = {
  key: string
  at: string
  by: Turnover['by']
  what: 'taken' | 'handed-back' | 'expired' | 'taken-over'
}
type Line = { key: string; at: string; said: Said } | TurnoverAt

/** Messages of all pages and the turnovers between them, oldest first. `pages`: the newest first. */
function linesOf(pages: readonly Transcript[]): Line[] {
  const said = pages.toReversed().flatMap((page) => page.items.map((one) => ({ key: one.id, at: one.at, said: one })))
  const turnovers = new Map(pages.flatMap((page) => page.turnovers.map((one) => [one.id, one] as const)))
  const turned = [...turnovers.values()].flatMap(({ id, by, at, end }): TurnoverAt[] => [
    { key: id, at, by, what: 'taken' },
    ...(end ? [{ key: `${id}/end`, at: end.at, by, what: end.how }] : []),
  ])
  // what lies before the loaded pages comes with them
  const begins = pages.at(-1)?.earlier === undefined ? '' : (said[0]?.at ?? '')
  return [...turned.filter((one) => one.at >= begins), ...said].sort((a, b) => a.at.localeCompare(b.at))
}

/** Somebody took the chat, or the bot came back. */
function TurnoverLine({ line }: { line: TurnoverAt }) {
  const me = useMe()
  const who = line.by.id === me.id ? 'Anda' : line.by.name
  const words = {
    taken: `${who} mengambil percakapan ini, ${clock(line.at)}. Bot menepi.`,
    'handed-back': `${who} menyerahkan kembali ke bot, ${clock(line.at)}.`,
    'taken-over': `Penyelia mengambil alih dari ${who}, ${clock(line.at)}.`,
    expired: `Tanpa jawaban, bot kembali ${clock(line.at)}.`,
  }[line.what]
  return (
    <li className={css.turnover}>
      <span>{words}</span>
    </li>
  )
}

/** Finds words inside this one conversation, newest first; the server opens it for that and notes who looked. */
export function TranscriptSearch(props: { id: string; name: string; reason: string | undefined; onClose: () => void }) {
  const { id, name, reason, onClose } = props
  const [text, setText] = useState('')
  const [asked, setAsked] = useState('')
  const query = useTranscriptSearch(id, asked, reason)
  useKeys('talks', { closeSearch: onClose })
  return (
    <div className={css.found} role="region" tabIndex={0} aria-label="Cari dalam percakapan">
      <form
        className={css.search}
        onSubmit={(event) => {
          event.preventDefault()
          setAsked(text.trim())
        }}
      >
        <TextInput
          aria-label="Kata yang dicari"
          placeholder="Kata dalam percakapan ini"
          autoFocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit">Cari</Button>
        <Button variant="subtle" onClick={onClose}>
          Tutup
        </Button>
      </form>
      {asked.length >= 2 && (
        <RowsState query={query} label="Hasil" empty={`Tidak ada pesan dengan ${asked}`}>
          {(items) => (
            <ol className={css.lines}>
              {items.map((one) => (
                <li key={one.id}>
                  <span className={css.day}>{fullMoment(one.at)}</span>
                  <ol className={css.lines}>
                    <MessageBubble chat={id} said={one} name={name} reason={reason} />
                  </ol>
                </li>
              ))}
            </ol>
          )}
        </RowsState>
      )}
    </div>
  )
}
