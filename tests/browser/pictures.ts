import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import sharp from 'sharp'

/**
 * A picture of the page for docs/pedoman-teknis.md: with UPDATE_PICTURE=1 it goes into docs/gambar/, else beside the
 * temporary files; either way it must show something.
 */
export async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env['UPDATE_PICTURE'] ? 'docs/gambar' : join(tmpdir(), 'smart-kids-gambar')
  await mkdir(folder, { recursive: true })
  const target = join(folder, `${name}.png`)
  const png = await sharp(await page.screenshot())
    .png({ palette: true, compressionLevel: 9 })
    .toBuffer()
  await writeFile(target, png)
  const { entropy } = await sharp(png).stats()
  // a blank page has hardly any
  expect(entropy).toBeGreaterThan(0.1)
}
