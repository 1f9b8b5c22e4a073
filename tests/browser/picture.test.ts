import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, openPage, openSigned, PHONE, submitPupils } from './support.ts'
import type { House } from './support.ts'

const CONSOLE = { width: 1180, height: 844 }
const GAP = 24
let house: House

beforeAll(async () => {
  house = await openHouse({ undoSeconds: 1 })
})
afterAll(async () => {
  await house.close()
})

test('console and chat look at the same pupil (UPDATE_PICTURE=1 puts the picture into the README)', async () => {
  const pupils = [
    ['Ahmad Fikri Contoh', '6311060107150001'],
    ['Siti Rekaan', '6311065402160003'],
  ] as const
  await submitPupils(house, 'contoh-a', '69900014', pupils)

  const office = await openSigned(house, '/', { viewport: CONSOLE })
  await office.keyboard.press('Enter')
  await office.getByText('Ahmad Fikri Contoh').first().waitFor()
  await office.locator('img').first().waitFor()
  await office.waitForLoadState('networkidle').catch(() => undefined)

  const school = await openPage(house, '/demo', { viewport: PHONE })
  const persons = [{ id: 'contoh-a', name: 'Koordinator Contoh A', npsn: '69900014', pupil: 2 }]
  await school.evaluate((list) => localStorage.setItem('smart-kids.demo.persons', JSON.stringify(list)), persons)
  await school.reload()
  await school.getByText('Nomor antrean').last().waitFor()

  const [left, right] = await Promise.all([office.screenshot(), school.screenshot()])
  const picture = await sharp({
    create: { width: CONSOLE.width + GAP + PHONE.width, height: PHONE.height, channels: 3, background: '#d9dfdd' },
  })
    .composite([
      { input: left, left: 0, top: 0 },
      { input: right, left: CONSOLE.width + GAP, top: 0 },
    ])
    .png({ palette: true, compressionLevel: 9 })
    .toBuffer()
  const folder = await mkdtemp(join(tmpdir(), 'smart-kids-picture-'))
  const target = process.env['UPDATE_PICTURE'] ? 'docs/console-and-chat.png' : join(folder, 'picture.png')
  await writeFile(target, picture)
  // from memory: a test before this one may have loaded what decodes strangers' files, which opens none by itself
  const { entropy } = await sharp(picture).stats()
  await rm(folder, { recursive: true })
  // a blank page has hardly any
  expect(entropy).toBeGreaterThan(1)
  expect([...office.errors, ...school.errors]).toEqual([])
}, 120_000)
