import { armFailpoints } from '../models/failpoint.ts'

/**
 * Crash tests stop a process by FAILPOINTS: `name:moment:count` at the count-th time that moment of that failpoint comes;
 * `random:seed:odds` anywhere, with the chance 1/odds at each moment. Unset: no failpoint is armed.
 */
export function armFromEnvironment(setting: string | undefined): void {
  if (!setting) return
  const [name = '', second = '', third = ''] = setting.split(':')
  if (name === 'random') {
    const chance = 1 / Number(third)
    const next = mulberry32(Number(second))
    armFailpoints(() => {
      if (next() < chance) die()
    })
    return
  }
  let left = Number(third)
  armFailpoints((hit, moment) => {
    if (hit === name && moment === second && --left === 0) die()
  })
}

/** As the kernel would end it: nothing is flushed, nobody is told. */
function die(): never {
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
