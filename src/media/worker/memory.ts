import { readFile } from 'node:fs/promises'

const LINE = /^VmRSS:\s+(\d+) kB$/m

/** Resident bytes of a process. Undefined where it is gone, or the platform does not tell (it has no /proc). */
export async function residentBytes(pid: number): Promise<number | undefined> {
  try {
    const kibibytes = LINE.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024
  } catch {
    return undefined
  }
}
