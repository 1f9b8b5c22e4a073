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
export class ChatError extends Error {
  override readonly name = 'ChatError'
}

const address = (person: string) => `/demo/chat/${encodeURIComponent(person)}/messages`

async function answer<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; title?: string }
  throw new ChatError(problem.detail ?? problem.title ?? `Galat ${response.status}`)
}

/** Messages of both sides after the one with the id `after`, oldest first; all of them where it is unknown. */
export async function messagesAfter(
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
export async function say(person: string, id: string, text: string, files: readonly File[]): Promise<string> {
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
