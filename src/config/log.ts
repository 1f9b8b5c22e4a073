import { pino } from 'pino'
import type { Logger } from 'pino'

/** Logs hold ids, codes and counts: never a name, NIK, phone, chat address or text. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'child'>

/** `level` as pino's; `destination` is standard output unless a stream is given (tests). */
export function createLog(level: string, destination?: { write(line: string): void }): Log {
  const options = {
    level,
    base: null,
    serializers: { err: describeError },
  }
  return destination ? pino(options, destination) : pino(options)
}

/**
 * Errors are logged by name, code and stack frames. Their messages stay out: a database or a parser quotes values in
 * them, and values are people's.
 */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const frames = error.stack
    ?.split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 8)
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : undefined
  const failure = 'failure' in error && typeof error.failure === 'string' ? error.failure : undefined
  const kind = 'kind' in error && typeof error.kind === 'string' ? error.kind : undefined
  return { name: error.name, code, failure, kind, frames, cause: error.cause ? describeError(error.cause) : undefined }
}
