import { readFile, rename, writeFile } from 'node:fs/promises'

/** A process that a later start can recognise: its id alone may meanwhile be another's. `started` is in clock ticks. */
type Known = { pid: number; started: string }

const POLL_MS = 20

/** Notes the living processes of `pids` in `file`, atomically. */
export async function writePidFile(file: string, pids: readonly number[]): Promise<void> {
  const known: Known[] = []
  for (const pid of pids) {
    const started = await startOf(pid)
    if (started) known.push({ pid, started })
  }
  await writeFile(`${file}.${process.pid}`, JSON.stringify(known))
  await rename(`${file}.${process.pid}`, file)
}

/**
 * Waits until every process of `file` is gone, since it still holds the data folder: it has lost its parent and ends
 * by itself; after `patienceMs` it is killed. A missing file means that there is none. Resolves to the killed ids.
 */
export async function endOrphans(file: string, patienceMs: number): Promise<number[]> {
  const killed: number[] = []
  const end = Date.now() + patienceMs
  for (const one of await readPidFile(file)) {
    while ((await startOf(one.pid)) === one.started) {
      if (Date.now() >= end && !killed.includes(one.pid)) {
        killed.push(one.pid)
        kill(one.pid)
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
  }
  return killed
}

/**
 * The processes noted in `file` that still live; empty when there is no file.
 * @internal a test cannot see otherwise that nothing was left behind
 */
export async function livingOf(file: string): Promise<number[]> {
  const living: number[] = []
  for (const one of await readPidFile(file)) if ((await startOf(one.pid)) === one.started) living.push(one.pid)
  return living
}

async function readPidFile(file: string): Promise<Known[]> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Known[]
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** Start time of a living process, from field 22 of its stat; undefined for one that is gone or only waits for its parent. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')
}
