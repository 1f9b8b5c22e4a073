import { useCallback, useEffect, useRef, useState } from 'react'

/** A message on its way: shown at once, replaced by the server's own copy. */
export type Pending = {
  id: string
  text: string
  files: readonly File[]
  at: string
  failed?: string
  listedAs?: string
}

type Chat = {
  messages: readonly ChatMessage[]
  pending: readonly Pending[]
  /** Sent pictures by the id of their message, as long as the page lives: the server gives names only. */
  pictures: ReadonlyMap<string, readonly string[]>
  offline: boolean
  send: (text: string, files?: readonly File[]) => void
  retry: (id: string) => void
}

const EVERY_MS = 1000
// a server that is away is not asked every second
const AGAIN_MS = 3000

/** The chat of one person: asks for news once a second while the page is visible. */
export function useChat(person: string): Chat {
  const [messages, setMessages] = useState<readonly ChatMessage[]>([])
  const [pending, setPending] = useState<readonly Pending[]>([])
  const [pictures, setPictures] = useState<ReadonlyMap<string, readonly string[]>>(new Map())
  const [offline, setOffline] = useState(false)
  const last = useRef<string | undefined>(undefined)
  const seen = useRef(new Set<string>())
  const ask = useRef<() => void>(() => undefined)

  useEffect(() => {
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let asking = false
    const poll = async () => {
      if (asking) return
      asking = true
      let reached = false
      clearTimeout(timer)
      try {
        const news = await messagesAfter(person, last.current, stop.signal)
        if (stop.signal.aborted) return
        reached = true
        setOffline(false)
        const newest = news.at(-1)
        if (newest) {
          last.current = newest.id
          for (const message of news) seen.current.add(message.id)
          setMessages((known) => merged(known, news))
          setPending((all) => all.filter((one) => !news.some((message) => message.id === one.listedAs)))
        }
      } catch {
        if (!stop.signal.aborted) setOffline(true)
      } finally {
        asking = false
        if (!stop.signal.aborted && !document.hidden)
          timer = setTimeout(() => void poll(), reached ? EVERY_MS : AGAIN_MS)
      }
    }
    const wake = () => {
      if (!document.hidden) void poll()
    }
    ask.current = wake
    document.addEventListener('visibilitychange', wake)
    void poll()
    return () => {
      stop.abort()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', wake)
    }
  }, [person])

  const deliver = useCallback(
    async (one: Pending) => {
      try {
        const listedAs = await say(person, one.id, one.text, one.files)
        if (one.files.length > 0) {
          const addresses = one.files.map((file) => (file.type.startsWith('image/') ? URL.createObjectURL(file) : ''))
          setPictures((known) => new Map(known).set(listedAs, addresses))
        }
        const listed = seen.current.has(listedAs)
        setPending((all) =>
          listed ? all.filter(({ id }) => id !== one.id) : all.map((p) => (p.id === one.id ? { ...p, listedAs } : p)),
        )
        ask.current()
      } catch (error) {
        const failed = error instanceof Error && error.name === 'ChatError' ? error.message : 'Belum terkirim'
        setPending((all) => all.map((p) => (p.id === one.id ? { ...p, failed } : p)))
      }
    },
    [person],
  )

  const send = useCallback(
    (text: string, files: readonly File[] = []) => {
      const id = [...crypto.getRandomValues(new Uint32Array(3))].map((n) => n.toString(36)).join('')
      const one: Pending = { id, text, files, at: new Date().toISOString() }
      setPending((all) => [...all, one])
      void deliver(one)
    },
    [deliver],
  )

  const retry = useCallback(
    (id: string) => {
      const one = pending.find((candidate) => candidate.id === id)
      if (!one) return
      const { failed: _, ...again } = one
      setPending((all) => all.map((p) => (p.id === id ? again : p)))
      void deliver(again)
    },
    [deliver, pending],
  )

  return { messages, pending, pictures, offline, send, retry }
}

/** An unknown `after` gives everything again: known messages stay where they are. */
function merged(known: readonly ChatMessage[], news: readonly ChatMessage[]): readonly ChatMessage[] {
  const ids = new Set(known.map((message) => message.id))
  return [...known, ...news.filter((message) => !ids.has(message.id))]
}

/** One message of either side, as `GET /demo/chat/:person/messages` gives it. `at` is ISO 8601. */
export type ChatMessage = {
  id: string
  at: string
  from: 'bot' | 'person'
  text: string
  options?: readonly string[]
  files?: readonly { name: string; mediaType: string }[]
}

/** What the server would not take; `message` is a sentence to show. */
class ChatError extends Error {
  override readonly name = 'ChatError'
}

const address = (person: string) => `/demo/chat/${encodeURIComponent(person)}/messages`

async function answer<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; title?: string }
  throw new ChatError(problem.detail ?? problem.title ?? `Galat ${response.status}`)
}

/** Messages of both sides after the one with the id `after`, oldest first; all of them where it is unknown. */
async function messagesAfter(
  person: string,
  after: string | undefined,
  signal: AbortSignal,
): Promise<readonly ChatMessage[]> {
  const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`
  const response = await fetch(address(person) + query, { signal, headers: { accept: 'application/json' } })
  return (await answer<{ messages: readonly ChatMessage[] }>(response)).messages
}

/**
 * Says `text`, or sends files as one album with `text` as its caption.
 * `id` is the sender's own: the same id again is the same message, so a retry repeats nothing. Returns the id under
 * which the message will be listed.
 */
async function say(person: string, id: string, text: string, files: readonly File[]): Promise<string> {
  if (files.length === 0) {
    const response = await fetch(address(person), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, text }),
    })
    return (await answer<{ id: string }>(response)).id
  }
  const form = new FormData()
  form.set('id', id)
  if (text !== '') form.set('text', text)
  for (const file of files) form.append('files', file, file.name)
  const response = await fetch(address(person), { method: 'POST', body: form })
  return (await answer<{ id: string }>(response)).id
}
