import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import type { Channel } from '../../../src/bots/channel.ts'
import { createWebchat } from '../../../src/bots/webchat/webchat.ts'
import type { Webchat, WebchatOptions } from '../../../src/bots/webchat/webchat.ts'
import { createLog } from '../../../src/config/log.ts'
import type { Log } from '../../../src/config/log.ts'
import { newId } from '../../../src/models/store/ids.ts'
import type { ContractPerson, ContractPlatform } from '../../contracts/channel.ts'

export type Shown = {
  id: string
  at: string
  from: 'bot' | 'person'
  text: string
  options?: string[]
  files?: { name: string; mediaType: string }[]
}
export const silent: Log = createLog('silent')

/** Keeps uploads in memory, with the answers that the blob store gives. */
export function memoryHolding() {
  const kept = new Map<string, Buffer>()
  return {
    kept,
    async put(id: string, bytes: Uint8Array) {
      if (!kept.has(id)) kept.set(id, Buffer.from(bytes))
    },
    async get(id: string) {
      return kept.get(id)
    },
    async delete(id: string) {
      kept.delete(id)
    },
  }
}

/** A webchat behind a real HTTP server. */
export async function serveWebchat(
  options: WebchatOptions,
): Promise<{ webchat: Webchat; app: FastifyInstance; url: string }> {
  const webchat = createWebchat(options)
  const app = Fastify({ forceCloseConnections: true })
  await webchat.routes(app)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/demo/chat`
  return { webchat, app, url }
}

/** People reach whichever process serves; like the demo page, they send again until it is taken. */
export async function webchatPlatform(options: WebchatOptions): Promise<ContractPlatform> {
  const servers = new Map<Channel, FastifyInstance>()
  let current: Promise<string> = new Promise(() => undefined)

  async function post(person: string, body: () => string | FormData): Promise<void> {
    for (;;) {
      const json = typeof body() === 'string'
      const taken = await fetch(`${await current}/${person}/messages`, {
        method: 'POST',
        body: body(),
        ...(json ? { headers: { 'content-type': 'application/json' } } : {}),
      }).catch(() => undefined)
      if (taken?.status === 202) return
      if (taken && taken.status !== 503) throw new Error(`refused with ${taken.status}`)
      await delay(10)
    }
  }
  return {
    create() {
      const webchat = createWebchat(options)
      const app = Fastify({ forceCloseConnections: true })
      servers.set(webchat, app)
      current = (async () => {
        await webchat.routes(app)
        await app.listen({ port: 0, host: '127.0.0.1' })
        return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/demo/chat`
      })()
      return webchat
    },
    async kill(channel) {
      const app = servers.get(channel)
      app?.server.closeAllConnections()
      app?.server.close()
      if (app?.server.listening) await once(app.server, 'close')
    },
    person(name): ContractPerson {
      let latest: (() => string | FormData) | undefined
      const say = (body: () => string | FormData) => {
        latest = body
        return post(name, body)
      }
      async function heard() {
        const response = await fetch(`${await current}/${name}/messages`)
        const { messages } = (await response.json()) as { messages: Shown[] }
        return messages
          .filter((message) => message.from === 'bot')
          .map(({ text, options: labels = [] }) => ({ text, options: labels }))
      }
      const says = (text: string) => {
        const id = newId()
        return say(() => JSON.stringify({ id, text }))
      }
      return {
        address: { channel: 'webchat', id: name },
        says,
        sends(files, caption) {
          const id = newId()
          return say(() => {
            const form = new FormData()
            form.set('id', id)
            if (caption !== undefined) form.set('text', caption)
            for (const { bytes, name: file, mime } of files) {
              form.append('files', new Blob([new Uint8Array(bytes)], { type: mime }), file)
            }
            return form
          })
        },
        repeats: () => (latest ? post(name, latest) : Promise.resolve()),
        taps: says,
        heard,
      }
    },
    async close() {
      await Promise.all([...servers.values()].map((app) => app.close()))
    },
  }
}
