import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** How long people and the office take. The figures of a proof are made at the office's own pace. */
export type Pace = {
  /** A decision can be undone for so long, and waits so long before the next stage. */
  undoSeconds: number
  /** Files count as all there when none has come for so long. */
  filesQuietSeconds: number
  /** Nothing new for so long, while the service is there: a person writes again. */
  patienceMs: number
  /** Without a death for so long, a crash run goes on to its next phase. */
  quietMs: number
}
export const OFFICE_PACE: Pace = { undoSeconds: 5, filesQuietSeconds: 2, patienceMs: 45_000, quietMs: 15_000 }
/** For the suite: the same ways, less waiting. */
export const QUICK_PACE: Pace = { undoSeconds: 1, filesQuietSeconds: 1, patienceMs: 25_000, quietMs: 5_000 }

/** The office of Balangan at another pace, and signing its cards (TTE) where it is said, as a file in `dir`; gives its path. */
export async function officeFile(
  dir: string,
  {
    undoSeconds,
    undoGraceSeconds = 0,
    filesQuietSeconds,
    signature = false,
  }: Pick<Pace, 'undoSeconds' | 'filesQuietSeconds'> & { undoGraceSeconds?: number; signature?: boolean },
): Promise<string> {
  const path = join(dir, 'office.yaml')
  const paced = `claims: { undoSeconds: ${undoSeconds}, undoGraceSeconds: ${undoGraceSeconds} }\nfiles: { quietSeconds: ${filesQuietSeconds} }\n`
  const office = (await readFile('office/balangan.yaml', 'utf8')).replace(/^signature: .*$/m, `signature: ${signature}`)
  await writeFile(path, `${office}\n${paced}`)
  return path
}
