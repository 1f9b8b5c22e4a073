import { writeSync } from 'node:fs'
import { armFailpoints } from '../models/store/failpoint.ts'
import type { FailpointHandler } from '../models/store/failpoint.ts'

/**
 * Crash tests stop a process by FAILPOINTS, a list with commas between: `name:moment:count` at the count-th time that
 * moment of that failpoint comes; `random:seed:odds` anywhere, with the chance 1/odds at each moment. What comes first
 * ends the process, which says on standard error where it died. Unset: no failpoint is armed.
 */
export function armFromEnvironment(setting: string | undefined): void {
  if (!setting) return
  const left = new Map<string, number>()
  let strikes: FailpointHandler = () => undefined
  for (const one of setting.split(',')) {
    const [name = '', second = '', third = ''] = one.split(':')
    if (name === 'random') strikes = striking(Number(second), Number(third))
    else left.set(`${name}:${second}`, Number(third))
  }
  armFailpoints((name, moment) => {
    const point = `${name}:${moment}`
    const count = left.get(point)
    if (count === 1) die(point)
    if (count !== undefined) left.set(point, count - 1)
    strikes(name, moment)
  })
}

function striking(seed: number, odds: number): FailpointHandler {
  const next = mulberry32(seed)
  return (name, moment) => {
    if (next() * odds < 1) die(`random ${name}:${moment}`)
  }
}

/** As the kernel would end it: nothing is flushed, nobody is told. */
function die(where: string): never {
  writeSync(2, `failpoint ${where}\n`)
  process.kill(process.pid, 'SIGKILL')
  // the signal is delivered before the next turn of the loop; nothing of ours runs in between
  for (;;);
}

/** A small seeded generator (Tommy Ettinger's mulberry32, public domain), so that a crash can be repeated. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
