import { PassThrough } from 'node:stream'
import type { Auth } from '../sign-in/auth.ts'
import type { LiveEvent } from '../contract/event.ts'
import type { AdminDeps, App } from '../deps.ts'
import { SESSION_COOKIE } from './session.ts'

const HEARTBEAT_MS = 15_000
const RETRY_MS = 2000
/** A console that does not read is cut off; it comes back and reads everything again. */
const MOST_WAITING_BYTES = 256 * 1024

/** Live updates. A console that was away sends Last-Event-ID and is told to read again: events are not kept. */
export function eventRoutes(app: App, { live }: AdminDeps, auth: Auth): void {
  const open = new Set<PassThrough>()
  app.addHook('preClose', async () => {
    for (const stream of open) stream.end()
  })

  app.get('/events', { schema: { description: 'Server-sent events' } }, (request, reply) => {
    const stream = new PassThrough()
    const cookie = request.cookies[SESSION_COOKIE]
    open.add(stream)

    function send(text: string): void {
      if (stream.writableLength > MOST_WAITING_BYTES) stream.destroy()
      else if (!stream.writableEnded) stream.write(text)
    }
    function tell({ id, event }: { id: string; event: LiveEvent }): void {
      send(`id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    }
    const unsubscribe = live.subscribe(tell)
    const heartbeat = setInterval(() => {
      // signed out or no longer active: the stream ends with the session
      auth.operatorOf(cookie).then(
        (operator) => (operator ? send(': ok\n\n') : stream.end()),
        () => stream.end(),
      )
    }, HEARTBEAT_MS)
    stream.once('close', () => {
      clearInterval(heartbeat)
      unsubscribe()
      open.delete(stream)
    })

    send(`retry: ${RETRY_MS}\n: connected\n\n`)
    if (request.headers['last-event-id'] !== undefined) {
      tell({ id: request.id, event: { type: 'resync' } })
    }
    return reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('x-accel-buffering', 'no')
      .send(stream)
  })
}
