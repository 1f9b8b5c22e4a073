import { useQueryClient } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { createContext, use, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { LiveEvent } from '../../contract/event.ts'

const RETRY_MS = 4000
const GATHER_MS = 400
const TYPES = [
  'application',
  'conversation',
  'presence',
  'coordinators',
  'pleas',
  'printing',
  'schools',
  'operators',
  'alarms',
  'settings',
] as const
// the server counts once in two seconds, and the wall reads those counts once in two: what either answers at once may be
// from before the event
const COUNTED = [
  { key: ['counts'], ms: 2400 },
  { key: ['printing', 'waiting'], ms: 2400 },
  { key: ['wall'], ms: 4400 },
] as const

type Live = { offlineSince: Date | undefined; retry: () => void }
const LiveContext = createContext<Live>({ offlineSince: undefined, retry: () => undefined })

/** Since when the server cannot be heard, and how to try now. */
export const useLive = (): Live => use(LiveContext)

/** Listens to the server's events and marks what they make stale; several within a moment are read again once. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const [offlineSince, setOfflineSince] = useState<Date>()
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    const source = new EventSource('/api/events')
    let again: ReturnType<typeof setTimeout> | undefined
    let due: ReturnType<typeof setTimeout> | undefined
    let counted: ReturnType<typeof setTimeout>[] = []
    let lost = false
    const stale = new Set<string>()
    const mark = (keys: readonly (readonly string[])[]) => {
      for (const key of keys) stale.add(JSON.stringify(key))
      due ??= setTimeout(() => {
        due = undefined
        const all = [...stale]
        stale.clear()
        for (const key of all) void client.invalidateQueries({ queryKey: JSON.parse(key) as string[] })
        countAgain()
      }, GATHER_MS)
    }
    const countAgain = () => {
      counted.forEach(clearTimeout)
      counted = COUNTED.map(({ key, ms }) => setTimeout(() => void client.invalidateQueries({ queryKey: key }), ms))
    }
    source.addEventListener('open', () => {
      setOfflineSince(undefined)
      if (lost) refreshAll(client)
      lost = false
      // the first answers of a page may be from before an event that was over when it began to listen
      countAgain()
    })
    source.addEventListener('error', () => {
      lost = true
      setOfflineSince((since) => since ?? new Date())
      // closed for good (an ended session, a proxy): the session says which, and we try again by ourselves
      if (source.readyState === EventSource.CLOSED) {
        void client.invalidateQueries({ queryKey: ['session'] })
        again = setTimeout(() => setAttempt((n) => n + 1), RETRY_MS)
      }
    })
    for (const type of TYPES) {
      source.addEventListener(type, (event) => mark(staleBy(JSON.parse(String(event.data)) as LiveEvent)))
    }
    source.addEventListener('resync', () => refreshAll(client))
    return () => {
      source.close()
      clearTimeout(again)
      clearTimeout(due)
      counted.forEach(clearTimeout)
    }
  }, [client, attempt])

  return <LiveContext value={{ offlineSince, retry: () => setAttempt((n) => n + 1) }}>{children}</LiveContext>
}

// the session is left alone: what ends it is told apart, by a call that finds nobody signed in
const refreshAll = (client: QueryClient) =>
  void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'reasons' })

// a card is counted when it is relayed as ready
const IN_BATCHES = ['signature', 'printing', 'ready'] as const
/** The query keys that an event makes stale. */
function staleBy(event: LiveEvent): readonly (readonly string[])[] {
  switch (event.type) {
    case 'application':
      return [
        ['rows', event.stage],
        ...(event.from && event.from !== event.stage ? [['rows', event.from]] : []),
        ['rows', 'attention'],
        ['found'],
        ['case', event.id],
        ['deliveries', event.id],
        ['counts'],
        ['claims'],
        ['wall'],
        ...(IN_BATCHES.some((stage) => stage === event.stage || stage === event.from) ? [['printing']] : []),
      ]
    case 'conversation':
      return [['conversations'], ['conversation', event.chat], ['transcript', event.chat], ['counts']]
    case 'presence':
      return [['presence', event.room]]
    case 'pleas':
      return [['pleas'], ['conversations'], ['counts']]
    case 'coordinators':
      return [[event.type], ['counts']]
    case 'schools':
    case 'printing':
    case 'alarms':
      return [[event.type]]
    case 'settings':
      return [['settings'], ['reasons'], ['office']]
    case 'operators':
      // it may be about me: other roles, or none any more
      return [[event.type], ['session']]
    case 'resync':
      return []
  }
}
