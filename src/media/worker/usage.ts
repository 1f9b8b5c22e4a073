import { readFile } from 'node:fs/promises'

/** What a process takes: resident bytes, and milliseconds of processor time since it began, all threads together. */
export type Usage = { bytes: number; processorMs: number }

const RESIDENT = /^VmRSS:\s+(\d+) kB$/m
/** Linux counts processor time for programs in hundredths of a second (USER_HZ), on every platform. */
const TICK_MS = 10
/** utime and stime are the 14th and 15th field of /proc/<pid>/stat; the command in the 2nd may hold spaces. */
const FIELDS_AFTER_COMMAND = { utime: 11, stime: 12 }

/** Undefined where the process is gone, or the platform does not tell (it has no /proc). */
export async function usageOf(pid: number): Promise<Usage | undefined> {
  try {
    const [status, stat] = await Promise.all([
      readFile(`/proc/${pid}/status`, 'utf8'),
      readFile(`/proc/${pid}/stat`, 'utf8'),
    ])
    const kibibytes = Number(RESIDENT.exec(status)?.[1])
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = Number(fields[FIELDS_AFTER_COMMAND.utime]) + Number(fields[FIELDS_AFTER_COMMAND.stime])
    // a process that is just ending has no memory any more
    return Number.isFinite(kibibytes + ticks) ? { bytes: kibibytes * 1024, processorMs: ticks * TICK_MS } : undefined
  } catch {
    return undefined
  }
}
