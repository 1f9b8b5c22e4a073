import { z } from 'zod'

const flag = z.enum(['0', '1', 'true', 'false']).transform((v) => v === '1' || v === 'true')
const port = z.coerce.number('must be a number').int().min(0).max(65_535)
const optional = <T extends z.ZodType>(schema: T) => z.preprocess((v) => (v === '' ? undefined : v), schema.optional())
const ROLE_NAMES = ['bots', 'worker', 'admin'] as const
export type ProcessRole = (typeof ROLE_NAMES)[number]

const roles = z.string().transform((text, context): readonly ProcessRole[] => {
  if (text === 'all') return ROLE_NAMES
  const named = text.split(',').map((part) => part.trim())
  const known = ROLE_NAMES.filter((role) => named.includes(role))
  if (known.length !== named.length) {
    context.addIssue({ code: 'custom', message: 'must be "all" or a list of bots, worker, admin' })
  }
  return known
})

/** The whole environment of the service, by its documented names (docs/architecture.md lists them). */
const EnvSchema = z.object({
  NODE_ENV: optional(z.string()),
  LOG_LEVEL: z.string().default('info'),
  PORT: port.default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: optional(z.url()),
  PUBLIC_PORT: optional(port),
  TRUST_PROXY: optional(z.string()),
  DATA_DIR: z.string().default('./data'),
  ROLES: roles.prefault('all'),
  MONGODB_URI: optional(z.string().regex(/^mongodb(\+srv)?:\/\/./, 'must begin with mongodb://')),
  REDIS_URL: optional(z.string().regex(/^rediss?:\/\/./, 'must begin with redis://')),
  OFFICE_FILE: z.string().default('office/balangan.yaml'),
  DATA_KEY: optional(z.string()),
  DATA_KEY_PREVIOUS: optional(z.string()),
  ADMIN_USERNAME: optional(z.string()),
  ADMIN_PASSWORD: optional(z.string()),
  DEMO: optional(flag),
  TELEGRAM_BOT_TOKEN: optional(z.string()),
  TELEGRAM_API_ROOT: optional(z.url()),
  TELEGRAM_WEBHOOK_URL: optional(z.url()),
  TELEGRAM_WEBHOOK_SECRET: optional(z.string().regex(/^[A-Za-z0-9_-]{1,256}$/)),
  WHATSAPP: z.enum(['off', 'baileys', 'cloud']).default('off'),
  WHATSAPP_WS_URL: optional(z.url()),
  /** Whether stored files are looked at, or only kept and shown. */
  MEDIA: z.enum(['look', 'keep']).default('look'),
  /** Crash tests only: `name:moment:count` stops the process there; `random:seed:odds` somewhere. */
  FAILPOINTS: optional(z.string()),
})

export type Env = Omit<z.infer<typeof EnvSchema>, 'DEMO'> & { production: boolean; demo: boolean }

/** The environment is wrong; the message has one sentence a line, each naming the variable. */
export class EnvError extends Error {
  override readonly name = 'EnvError'
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

/**
 * Reads the environment. DEMO is on outside production, but off by default once a real Telegram token or WhatsApp is
 * configured without a test address; an explicit 1 wins, except where HOST is not loopback. Throws `EnvError`.
 */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const result = EnvSchema.safeParse(source)
  if (!result.success) {
    throw new EnvError(result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('\n'))
  }
  const { DEMO, ...env } = result.data
  const production = env.NODE_ENV === 'production'
  const loopback = LOOPBACK.has(env.HOST)
  if (DEMO && !loopback) throw new EnvError('DEMO: refused because HOST is not a loopback address')
  const realTelegram = env.TELEGRAM_BOT_TOKEN !== undefined && env.TELEGRAM_API_ROOT === undefined
  const realWhatsapp = env.WHATSAPP !== 'off' && env.WHATSAPP_WS_URL === undefined
  const demo = DEMO ?? (!production && loopback && !realTelegram && !realWhatsapp)
  if (env.TELEGRAM_WEBHOOK_URL) checkWebhook(env.TELEGRAM_WEBHOOK_URL)
  if (env.WHATSAPP === 'cloud') throw new EnvError('WHATSAPP: this version has no official API yet; use baileys or off')
  return { ...env, production, demo }
}

function checkWebhook(address: string): void {
  const url = new URL(address)
  if (url.protocol !== 'https:' && !LOOPBACK.has(url.hostname)) {
    throw new EnvError('TELEGRAM_WEBHOOK_URL: must be https (plain http only on loopback)')
  }
}

/**
 * What a child of ours is told of the code that Node has compiled before (NODE_COMPILE_CACHE in the start script): a
 * store that died is back sooner.
 */
export function compiledEnv(): Readonly<Record<string, string>> {
  const directory = process.env['NODE_COMPILE_CACHE']
  return directory ? { NODE_COMPILE_CACHE: directory } : {}
}
