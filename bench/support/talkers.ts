import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, startService } from '../../tests/e2e/support/service.ts'
import type { PlatformNote, TalkOrder, Talked, TalkingChat } from './platform.ts'
import { HOOK_PATH, HOOK_SECRET } from './service.ts'
import type { Stand } from './stand.ts'

const PLATFORM = fileURLToPath(new URL('platform.ts', import.meta.url))
const PLAIN_BOT = fileURLToPath(new URL('../baselines/telegraf-mongoose.ts', import.meta.url))
const TOKEN = '666:rekaan'

export type Platform = {
  /** The Bot API's address. */
  root: string
  pid: number
  /** Lets these chats talk with the bot behind `hook`; throws where nothing is answered any more. */
  talk(hook: string, chats: readonly TalkingChat[]): Promise<Talked>
  close(): void
}

export async function openPlatform(): Promise<Platform> {
  const child = fork(PLATFORM)
  const noted = async (): Promise<PlatformNote> => ((await once(child, 'message')) as [PlatformNote])[0]
  const first = await noted()
  if (!('root' in first)) throw new Error('the platform did not begin with its address')
  return {
    root: first.root,
    pid: child.pid!,
    async talk(hook, chats) {
      child.send({ hook, secret: HOOK_SECRET, chats } satisfies TalkOrder)
      const note = await noted()
      if ('talked' in note) return note.talked
      throw new Error('failed' in note ? note.failed : 'the platform began anew')
    },
    close: () => child.disconnect(),
  }
}

/** A bot that answers at the platform. `pids`: itself, and the stores' own, whose time is part of a turn. */
export type Bot = { hook: string; pids: readonly number[]; stop(): Promise<void> }

/** Telegraf with a mongoose document a chat; `keeps`: what it stores beside it. */
export async function openPlainBot(stand: Stand, platform: Platform, keeps: 'session' | 'said'): Promise<Bot> {
  const child = fork(PLAIN_BOT, [platform.root, TOKEN, HOOK_PATH, HOOK_SECRET, stand.uriOf(`plain-${keeps}`), keeps])
  const [port] = (await once(child, 'message')) as [number]
  return {
    hook: `http://127.0.0.1:${port}${HOOK_PATH}`,
    pids: [child.pid!, ...(await storesOf(stand))],
    async stop() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

/** The service in one process with all roles. */
export async function openOurs(stand: Stand, platform: Platform, name: string): Promise<Bot> {
  const port = await freePort()
  const hook = `http://127.0.0.1:${port}${HOOK_PATH}`
  const service = await startService({
    ...stand.envOf(name),
    LOG_LEVEL: 'error',
    MEDIA: 'keep',
    ROLES: 'all',
    PORT: String(port),
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: platform.root,
    TELEGRAM_WEBHOOK_URL: hook,
    TELEGRAM_WEBHOOK_SECRET: HOOK_SECRET,
  })
  await service.ready()
  return {
    hook,
    pids: [service.pid, ...(await storesOf(stand))],
    async stop() {
      await service.stop()
    },
  }
}

async function storesOf(stand: Stand): Promise<number[]> {
  const noted = await Promise.all(
    ['mongodb', 'redis'].map(
      async (name) => JSON.parse(await readFile(join(stand.dataDir, `${name}.pid`), 'utf8')) as { pid: number }[],
    ),
  )
  return noted.flat().map(({ pid }) => pid)
}

/** By the kernel's count, which has a hundred ticks a second on every Linux that Node runs on. */
const TICK_MS = 10

/** Processor time that these processes have used so far, user and system, of all threads, in ms. */
export async function processorMs(pids: readonly number[]): Promise<number> {
  const each = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
      // the name, in brackets, may hold spaces; user and system time are the 14th and 15th field
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return (Number(fields[11]) + Number(fields[12])) * TICK_MS
    }),
  )
  return each.reduce((sum, one) => sum + one, 0)
}
