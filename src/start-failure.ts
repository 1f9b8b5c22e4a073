import { ChannelError } from './bots/channel.ts'
import { EnvError } from './config/env.ts'
import type { Env } from './config/env.ts'
import { OfficeFileError } from './config/office.ts'

/** What somebody has to mend before the service can run, in a sentence; undefined for a fault of our own. */
export function startFailure(error: unknown, env?: Pick<Env, 'PORT' | 'HOST'>): string | undefined {
  if (error instanceof EnvError || error instanceof OfficeFileError) return error.message
  // the only channel error that ends the service: the platform refuses us, not one message
  if (error instanceof ChannelError) return 'a channel refuses its settings: is TELEGRAM_BOT_TOKEN right?'
  if (!(error instanceof Error)) return undefined
  if (error.name === 'MongooseServerSelectionError') return 'MONGODB_URI: no MongoDB answers there'
  if (!('syscall' in error) || error.syscall !== 'listen' || !('code' in error)) return undefined
  const port = 'port' in error ? String(error.port) : env?.PORT
  if (error.code === 'EADDRINUSE') return `PORT: ${port} is taken by another program`
  if (error.code === 'EACCES') return `PORT: ${port} may not be used by this user`
  if (error.code === 'EADDRNOTAVAIL') return `HOST: ${env?.HOST} is no address of this machine`
  return undefined
}
