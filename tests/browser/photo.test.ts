import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { ApplicationView } from '../../src/admin/contract/application.ts'
import { PortraitView } from '../../src/admin/contract/portrait.ts'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { openedLook } from '../media/fake-examiner.ts'
import { goodLook } from '../media/portrait/rules.ts'
import { storeLooks } from './looked.ts'
import { enrolPupils } from './enrolled.ts'
import { slideDown } from './fingers.ts'
import { drawnIn, takePicture } from './pictures.ts'
import { album, axe, leave, openHouse, openSigned, PHONE, pressUntil, say, takeNext } from './support.ts'
import type { House } from './support.ts'

let house: House
let desk: Desk
let tickets: readonly string[]

beforeAll(async () => {
  house = await openHouse({ undoSeconds: 0 })
  desk = await openDesk(house)
  tickets = await enrolPupils(house, 'wati', '69900005', [
    ['Lukman Contoh Hidayat', '6311060305140002'],
    ['Aisyah Contoh Putri', '6311065407150003'],
  ])
  for (const [i] of tickets.entries()) {
    const { id, claim } = ApplicationView.parse(
      (await desk.call('POST', '/api/queue/claim', { stages: ['verification'] })).body,
    )
    const body = { token: claim?.token, action: 'approve', transactionId: `to-photo-${i}` }
    await desk.call('POST', `/api/applications/${id}/decisions`, body)
  }
  // of the second one the machine has proposed a cut
  const crop = { x: 0.2, y: 0.15, width: 0.6, height: 0.675 }
  const proposal = { rotation: 1, crop, brightness: 1.1 }
  const { id } = await desk.find(tickets[1]!)
  await storeLooks(house, id, { portrait: openedLook('portrait', [], goodLook({}, { proposal })) })
})
afterAll(async () => {
  await house.close()
})

const CUT = 'Foto asli dengan kotak potong 2 banding 3'
async function atStation(page: Page, name: string): Promise<void> {
  await takeNext(page)
  await page.getByRole('heading', { name }).waitFor()
  await page.getByRole('img', { name: CUT }).waitFor()
}
async function portraitOf(ticket: string): Promise<PortraitView> {
  const { id } = await desk.find(ticket)
  return PortraitView.parse((await desk.call('GET', `/api/applications/${id}/portrait`)).body)
}
const drawn = (page: Page) => page.getByText(/KB, untuk SIAK/)

test('a portrait is cut by keys and by drag, painted, downloaded for SIAK and approved, while a colleague has the next', async () => {
  const [first = '', second = ''] = tickets
  const page = await openSigned(house, '/antrean?tahap=photo', {
    who: await desk.hire('fahmi', 'Fahmi Rekaan', ['foto']),
  })
  await atStation(page, 'Lukman Contoh Hidayat')
  await page.getByText('600 × 900 px · tetap disimpan').waitFor()
  await page.getByText(`1 foto menunggu · berikutnya siap: ${second}`).waitFor()
  await drawn(page).waitFor({ timeout: 60_000 })
  await page.keyboard.press('2')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press(']')
  await page.keyboard.press('+')
  const box = await page.getByRole('img', { name: CUT }).boundingBox()
  if (!box) throw new Error('the cut is not on the screen')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2 + 4, box.y + box.height / 2 + 8, { steps: 3 })
  await page.mouse.up()
  await page.getByRole('slider', { name: 'Kecerahan' }).fill('10')
  await page
    .getByText('−0,5°', { exact: true })
    .or(page.getByText('0,5°', { exact: true }))
    .first()
    .waitFor()
  await page.getByText('Sedang digambar').waitFor({ state: 'detached', timeout: 60_000 })
  await drawn(page).waitFor({ timeout: 60_000 })
  await takePicture(page, 'foto')
  expect(await axe(page)).toEqual([])

  const download = page.waitForEvent('download', { timeout: 60_000 })
  await page.getByRole('button', { name: 'Unduh' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe(`${first}_SIAK.jpg`)
  const finished = sharp(await readFile(await file.path()))
  expect(await finished.metadata()).toMatchObject({ width: 472, height: 708 })
  const kept = await portraitOf(first)
  expect(kept.edit).toMatchObject({ brightness: 1.1, background: 'blue' })
  expect(Math.abs(kept.edit?.rotation ?? 0)).toBeCloseTo(0.5)

  // somebody else works on the next one meanwhile, on a phone
  const phone = await openSigned(house, '/antrean?tahap=photo', {
    viewport: PHONE,
    dark: true,
    who: await desk.hire('gita', 'Gita Rekaan', ['foto']),
  })
  await page.keyboard.press('l')
  await page.getByRole('navigation', { name: 'Berkas' }).waitFor()
  await page.keyboard.press('l')
  await page.getByRole('img', { name: CUT }).waitFor()
  // a background that the office does not want of this pupil is approved only by a second key
  await page.keyboard.press('1')
  const question = page.getByRole('alert').filter({ hasText: 'Latar pas foto tidak sesuai aturan kantor.' })
  await pressUntil(page, 'a', question)
  expect(await axe(page)).toEqual([])
  expect((await desk.find(first)).stage).toBe('photo')
  await page.keyboard.press('2')
  await question.waitFor({ state: 'detached' })
  // keys sleep for a moment after a case appears: what is pressed again never approves the next one
  await expect
    .poll(
      async () => {
        const here = await page.getByRole('heading', { name: 'Lukman Contoh Hidayat' }).count()
        if (here > 0) await page.keyboard.press('a')
        return (await desk.find(first)).stage
      },
      { timeout: 15_000, interval: 500 },
    )
    .toBe('siak_entry')
  await page.getByRole('heading', { name: 'Aisyah Contoh Putri' }).waitFor()
  // who types it into SIAK sees what came of it, and takes that along
  const siak = await openSigned(house, `/berkas/${(await desk.find(first)).id}`)
  const portrait = siak.getByRole('region', { name: 'Pas foto', exact: true })
  await expect.poll(() => drawnIn(portrait), { timeout: 60_000 }).toBe(2)
  await portrait.getByRole('img', { name: 'Pas foto: hasil edit' }).waitFor()
  const taking = siak.waitForEvent('download', { timeout: 60_000 })
  await siak.keyboard.press('d')
  expect((await taking).suggestedFilename()).toBe(`${first}_SIAK.jpg`)
  await siak.keyboard.press('5')
  await siak.getByText(/hasil edit · 5 dari 5/).waitFor()
  await siak.keyboard.press('b')
  await siak.getByText(/seperti dikirim · 5 dari 5/).waitFor()
  expect([...(await axe(siak)), ...siak.errors]).toEqual([])
  await takePicture(siak, 'kasus-siak')
  await leave(siak)
  // what is proposed is where it begins, and one key away from anywhere else
  const proposed = page.getByRole('button', { name: 'Usulan terpakai' })
  await proposed.waitFor()
  await page.keyboard.press('Shift+ArrowUp')
  await page.getByRole('button', { name: 'Pakai usulan' }).waitFor()
  // a look at the other files undoes nothing
  await page.keyboard.press('l')
  await page.getByRole('navigation', { name: 'Berkas' }).waitFor()
  await page.keyboard.press('l')
  await page.getByRole('button', { name: 'Pakai usulan' }).waitFor()
  await page.keyboard.press('u')
  await proposed.waitFor()
  await page.keyboard.down('b')
  await page.getByRole('img', { name: 'Potongan tanpa perubahan' }).waitFor()
  await page.keyboard.up('b')
  await page.getByRole('img', { name: 'Hasil pas foto' }).waitFor()
  await pressUntil(page, 'Escape', page.getByRole('dialog'))
  await page.getByRole('dialog').getByRole('radio').first().click()
  await page.getByRole('button', { name: 'Lepas', exact: true }).last().click()
  await page.getByRole('button', { name: 'Ambil berikutnya' }).waitFor()
  // the page goes on before the server has answered
  await expect.poll(async () => (await desk.find(second)).state).toBe('queued')

  await atStation(phone, 'Aisyah Contoh Putri')
  // by a finger the box goes elsewhere, by a tap to where it was proposed
  await phone.getByRole('button', { name: 'Usulan terpakai' }).waitFor()
  await slideDown(phone, phone.getByRole('img', { name: CUT }), 12)
  await phone.getByRole('button', { name: 'Pakai usulan' }).click()
  await phone.getByRole('button', { name: 'Usulan terpakai' }).waitFor()
  await phone.getByRole('radio', { name: /Merah/ }).click()
  await phone.getByRole('button', { name: 'Unduh' }).waitFor()
  await takePicture(phone, 'foto-390')
  expect(await axe(phone)).toEqual([])
  expect((await portraitOf(second)).edit).toBeNull()
  expect([...page.errors, ...phone.errors]).toEqual([])
  await leave(page, phone)
}, 180_000)

test('of a corrected case it is said what was asked and what is new', async () => {
  await enrolPupils(house, 'wati', '69900005', [['Bagas Contoh Putra', '6311061409120004']])
  const taken = ApplicationView.parse((await desk.call('POST', '/api/queue/claim', { stages: ['verification'] })).body)
  const back = {
    token: taken.claim?.token,
    action: 'return',
    reasons: ['RR_PORTRAIT_BLURRED'],
    transactionId: 'kembali',
  }
  await desk.call('POST', `/api/applications/${taken.id}/decisions`, back)
  const portrait = (await album()).slice(4)
  await say(house, 'wati', { text: `perbaiki ${taken.ticket}` })
  await say(house, 'wati', { files: portrait })
  const said = await say(house, 'wati', { text: 'kirim' })
  await expect.poll(async () => (await desk.find(taken.ticket ?? '')).stage, { message: said }).toBe('verification')

  const page = await openSigned(house, `/berkas/${taken.id}`)
  const renewal = page.getByRole('region', { name: 'Perbaikan' })
  await renewal.getByText('Pas foto buram').waitFor()
  await renewal.getByRole('button', { name: 'Foto baru' }).click()
  await page.getByRole('region', { name: 'Gambar Pas foto' }).waitFor()
  const files = page.getByRole('navigation', { name: 'Berkas' })
  expect(await files.getByRole('button').filter({ hasText: 'baru' }).allTextContents()).toEqual([
    expect.stringContaining('Foto'),
  ])
  const entry = page.getByRole('listitem').filter({ hasText: 'Perbaikan diterima' })
  expect(await entry.getByRole('definition').textContent()).toBe('Foto')
  await takePicture(page, 'kasus-perbaikan')
  expect([...(await axe(page)), ...page.errors]).toEqual([])
  await leave(page)
})
