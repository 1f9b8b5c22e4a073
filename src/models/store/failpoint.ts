/**
 * Named places where the crash tests stop the process: before and after every store write and platform call
 * of the paths in design "Crash rule". Disarmed (always, outside tests) a guard costs one property read.
 */
export type FailpointMoment = 'before' | 'after'
export type FailpointHandler = (name: string, moment: FailpointMoment) => void

let armed: FailpointHandler | undefined

/** Arms all failpoints of this process with one handler; undefined disarms. */
export function armFailpoints(handler: FailpointHandler | undefined): void {
  armed = handler
}

/** Runs `work` as the failpoint `name`. Its result and its errors pass through untouched. */
export async function guarded<T>(name: string, work: () => PromiseLike<T>): Promise<T> {
  if (!armed) return work()
  armed(name, 'before')
  const result = await work()
  armed(name, 'after')
  return result
}
