import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import sharp from 'sharp'

const FOLDER = 'docs/gambar'

/** A picture of the page for docs/pedoman-teknis.md, which must show something; kept with UPDATE_PICTURE=1. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const shot = await page.screenshot()
  const { entropy } = await sharp(shot).stats()
  // a blank page has hardly any
  expect(entropy).toBeGreaterThan(0.1)
  if (!process.env['UPDATE_PICTURE']) return
  await mkdir(FOLDER, { recursive: true })
  await sharp(shot)
    .png({ palette: true, compressionLevel: 9 })
    .toFile(join(FOLDER, `${name}.png`))
}

/** Pictures that are on the screen and drawn; the cut of a line is one inside of a frame. */
export const drawnIn = (area: Locator): Promise<number> =>
  area.locator('img').evaluateAll((all) => all.filter((one) => (one as { naturalWidth?: number }).naturalWidth).length)
