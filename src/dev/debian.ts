import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where `program` is on PATH; undefined when it is not. */
export async function findProgram(program: string): Promise<string | undefined> {
  try {
    const { stdout } = await run('sh', ['-c', 'command -v "$1"', 'sh', program])
    return stdout.trim() || undefined
  } catch {
    return undefined
  }
}

/** Installs Debian packages when we are root. False when we are not, or when apt does not do it. */
export async function installPackages(packages: readonly string[]): Promise<boolean> {
  if (process.getuid?.() !== 0 || !(await findProgram('apt-get'))) return false
  const install = ['DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '-y', '--no-install-recommends', ...packages]
  if (await succeeds('env', install)) return true
  // a fresh image has no package lists
  return (await succeeds('apt-get', ['update'])) && succeeds('env', install)
}

/** Unpacks Debian packages into `directory`, without root; done once, atomically. False when apt does not give them. */
export async function unpackPackages(packages: readonly string[], directory: string): Promise<boolean> {
  await mkdir(dirname(directory), { recursive: true })
  const work = await mkdtemp(join(dirname(directory), 'unpacking-'))
  try {
    await run('apt-get', ['download', ...packages], { cwd: work })
    const archives = (await readdir(work)).filter((name) => name.endsWith('.deb'))
    for (const archive of archives) await run('dpkg-deb', ['-x', join(work, archive), join(work, 'root')])
    await rename(join(work, 'root'), directory)
    return true
  } catch {
    return false
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  try {
    await run(command, args, { maxBuffer: 64 * 1024 * 1024 })
    return true
  } catch {
    return false
  }
}
