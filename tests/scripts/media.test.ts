import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, parse } from 'node:path'
import { text } from 'node:stream/consumers'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { PHOTOS } from '../media/portrait/photos.ts'

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'smart-kids-media-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
async function media(...args: string[]) {
  const child = spawn('npm', ['run', '--silent', 'media', '--', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = once(child, 'exit')
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = (await exited) as [number]
  return { code, output, errors }
}

test(
  'npm run media prints the verdict of each file and writes the proposed portraits',
  { timeout: 120_000 },
  async () => {
    const [folder, out] = [await newFolder(), await newFolder()]
    const [notes, broken] = [join(folder, 'catatan.jpg'), join(folder, 'rusak.pdf')]
    await writeFile(notes, 'bukan foto')
    await writeFile(broken, '%PDF-1.4\n')
    const portrait = join('node_modules', PHOTOS.frontal)
    const away = join(folder, 'tidak-ada.jpg')
    // born in an even year: blue is asked for, and the wall is to be replaced
    const { code, output, errors } = await media(portrait, away, notes, broken, '--born', '2016-07-01', '--out', out)
    expect({ code, errors: errors.trim() }).toEqual({ code: 1, errors: `${away}  tidak dapat dibaca` })
    const [, ofPortrait = '', ofNotes = '', ofBroken = ''] = output.split(/^(?=\S)/m)
    expect(ofPortrait).toContain('halaman 1: portrait')
    expect(ofPortrait).toContain('wajah: 1')
    expect(ofPortrait).toMatch(/tinggi kepala \d+ px, .* latar other/s)
    expect(ofPortrait).toMatch(/PERIKSA PORTRAIT_LOW_RES \d+\.\d+ \(batas 200\): /)
    expect(ofPortrait).toMatch(/CATATAN PORTRAIT_BACKGROUND .* biru/)
    expect(ofNotes).toContain('jenis tidak dikenal')
    expect(ofBroken).toContain('tidak dapat dibuka: broken')
    expect((await readdir(out)).toSorted()).toEqual(['biru.jpg', 'jpg'].map((end) => `${parse(portrait).name}.${end}`))
    for (const name of await readdir(out)) {
      expect(ofPortrait).toContain(join(out, name))
      // from its bytes: a test before this one may have blocked the loaders of files
      expect(await sharp(await readFile(join(out, name))).metadata()).toMatchObject({
        format: 'jpeg',
        width: 472,
        height: 708,
      })
    }
  },
)

test('npm run media without a file says how it is used', async () => {
  const { code, errors } = await media()
  expect({ code, errors: errors.trim() }).toEqual({
    code: 2,
    errors: 'usage: npm run media -- FILE… [--born 2015-07-01] [--text] [--out FOLDER] [--office FILE]',
  })
})
