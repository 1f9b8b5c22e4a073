import { TextInput } from '@mantine/core'
import { IconCheck, IconLock } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useLocation, useNavigate } from 'react-router'
import { useMe } from '../client/session.ts'
import { DateField } from '../parts/date-field.tsx'
import type { RowPlace } from '../parts/drawn-rows.ts'
import { FindingBadge, PlainBadge } from '../parts/marks.tsx'
import { FilterTabs, NextPage, RowsState } from '../parts/rows.tsx'
import { useNow } from '../parts/surroundings.ts'
import { List } from '../parts/table.tsx'
import face from '../parts/text.module.css'
import { useCounts } from '../waiting/waiting.ts'
import { channelName } from '../words/people.ts'
import { moment, span } from '../words/time.ts'
import css from './conversation-list.module.css'
import { useConversations } from './conversations.ts'
import type { ConversationItem } from './conversations.ts'

/** Chats that wait for a person, or all; found by coordinator, school, ticket and day. */
export function ConversationList({ current }: { current: string | undefined }) {
  const [filter, change] = useFilter()
  const [text, setText] = useState(filter.q ?? '')
  const counts = useCounts()
  const asking = counts.data?.asking ?? 0
  const query = useConversations(filter)
  return (
    <section className={css.list} aria-label="Daftar percakapan">
      <header className={css.bar}>
        <h1>Percakapan</h1>
      </header>
      <div className={css.filter}>
        <FilterTabs
          label="Daftar"
          value={filter.list}
          pending={counts.isPending}
          options={[
            { value: 'asking', name: asking > 0 ? `Minta petugas ${asking}` : 'Minta petugas' },
            { value: 'all', name: 'Semua' },
          ]}
          onChange={(value) => change({ list: value })}
        />
        {(filter.list === 'all' || filter.q !== undefined || filter.day !== undefined) && (
          <form
            className={css.search}
            onSubmit={(event) => {
              event.preventDefault()
              change({ q: text.trim() })
            }}
          >
            <TextInput
              aria-label="Koordinator, sekolah atau nomor antrean"
              placeholder="Koordinator, sekolah, nomor"
              value={text}
              onChange={(event) => {
                setText(event.currentTarget.value)
                if (event.currentTarget.value === '') change({ q: '' })
              }}
            />
            <DateField aria-label="Tanggal" value={filter.day ?? ''} onChange={(day) => change({ day })} />
            <button type="submit" className={face.unseen}>
              Cari
            </button>
          </form>
        )}
      </div>
      <div className={css.rows}>
        <RowsState
          query={query}
          label="Percakapan"
          empty={filter.list === 'asking' ? 'Tidak ada yang menunggu petugas' : 'Tidak ada percakapan'}
        >
          {(items) => (
            <>
              <List
                items={items}
                keyOf={(item) => item.id}
                height={{ wide: 96, phone: 96 }}
                size={query.hasNextPage ? -1 : items.length}
                byKeys="talks"
              >
                {(item, place) => <Row item={item} current={item.id === current} place={place} />}
              </List>
              <NextPage list={query} />
            </>
          )}
        </RowsState>
      </div>
    </section>
  )
}

function Row(props: { item: ConversationItem; current: boolean; place: RowPlace }) {
  const { item, current, place } = props
  const { search, hash } = useLocation()
  const now = useNow(30_000)
  return (
    <li {...place}>
      <Link
        className={css.row}
        to={{ pathname: `/percakapan/${item.id}`, search, hash }}
        aria-current={current ? 'true' : undefined}
      >
        <b className={css.cut}>{item.coordinator?.name ?? 'Belum terdaftar'}</b>
        <span className={css.time}>{moment(item.lastAt, now)}</span>
        <span className={css.dim}>{item.school?.name ?? 'Sekolah belum diketahui'}</span>
        <span className={css.time}>{channelName(item.channel)}</span>
        {item.last && (
          <span className={css.last}>
            {item.last.from === 'bot' && item.last.text !== '' && 'Bot: '}
            {item.last.text}
          </span>
        )}
        <span className={css.state}>
          <State item={item} now={now} />
        </span>
      </Link>
    </li>
  )
}

/** Who answers, or how long nobody has: a shape and a word. */
function State({ item, now }: { item: ConversationItem; now: Date }) {
  const me = useMe()
  const { asked, takeover } = item
  if (takeover?.by.id === me.id) {
    return (
      <span className={css.mine}>
        <IconCheck size={14} aria-hidden /> Anda menjawab
      </span>
    )
  }
  if (takeover) {
    return (
      <PlainBadge>
        <IconLock size={14} aria-hidden /> {takeover.by.name}
      </PlainBadge>
    )
  }
  return asked ? <FindingBadge severity="check" text={`Menunggu ${span(asked.since, now)}`} /> : null
}

type Filter = { list: 'asking' | 'all'; day?: string; q?: string }

/**
 * What the list shows, kept in the address: a reload and a shared link keep it. Names stand behind the `#`, which no
 * browser sends to a server.
 */
function useFilter(): [Filter, (change: Partial<Filter>) => void] {
  const { pathname, search, hash } = useLocation()
  const navigate = useNavigate()
  const params = new URLSearchParams(search)
  const q = new URLSearchParams(hash.slice(1)).get('q') ?? ''
  const day = params.get('tanggal') ?? ''
  const filter: Filter = {
    list: params.get('daftar') === 'semua' ? 'all' : 'asking',
    ...(/^\d{4}-\d\d-\d\d$/.test(day) && { day }),
    ...(q !== '' && { q }),
  }
  return [
    filter,
    (change) => {
      const next = { ...filter, ...change }
      const query = new URLSearchParams()
      if (next.list === 'all') query.set('daftar', 'semua')
      if (next.day) query.set('tanggal', next.day)
      void navigate(
        {
          pathname,
          search: query.toString(),
          hash: next.q ? `#${new URLSearchParams({ q: next.q }).toString()}` : '',
        },
        { replace: true },
      )
    },
  ]
}
