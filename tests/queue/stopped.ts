import { armFailpoints } from '../../src/models/store/failpoint.ts'

class Crash extends Error {
  override readonly name = 'Crash'
}
/** Runs `work` and stops it at its `at`-th failpoint moment; true where it was stopped. */
export async function stopped(at: number, work: () => Promise<unknown>): Promise<boolean> {
  let moment = 0
  let crashed = false
  armFailpoints(() => {
    if (moment++ !== at) return
    crashed = true
    throw new Crash()
  })
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Crash)) throw error
  } finally {
    armFailpoints(undefined)
  }
  return crashed
}
