import { fileURLToPath } from 'node:url'
import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LOOPBACK_CERT } from '../servers/mock-whatsapp-media.ts'
import { MockWhatsApp } from '../servers/mock-whatsapp.ts'
import { until } from '../support/until.ts'
import { axe, DESKTOP, openHouse, openSigned, PHONE, SUPERVISOR } from './support.ts'
import type { House } from './support.ts'

const server = new MockWhatsApp()
let house: House

beforeAll(async () => {
  await server.open()
  const certificate = { NODE_EXTRA_CA_CERTS: fileURLToPath(LOOPBACK_CERT) }
  house = await openHouse({ apart: { WHATSAPP: 'baileys', WHATSAPP_WS_URL: server.url(), ...certificate } })
})
afterAll(async () => {
  await house?.close()
  await server.close()
  expect(server.faults).toEqual([])
})

test('a supervisor sees the QR, pairs the office number by the code that is typed on its phone, and unlinks it', async () => {
  const page = await openSigned(house, '/')
  await page.getByRole('link', { name: 'WhatsApp' }).click()
  await page.getByAltText('Kode QR untuk dipindai ponsel kantor').waitFor()
  for (const viewport of [DESKTOP, PHONE]) {
    await page.setViewportSize(viewport)
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    expect(await axe(page)).toEqual([])
  }
  await page.getByLabel('Kamera tidak dapat dipakai?').fill('0811-0000-0001')
  await page.getByRole('button', { name: 'Minta kode' }).click()
  const code = await page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).textContent()
  expect(await axe(page)).toEqual([])
  await server.typeCode((code ?? '').replace('-', ''))
  await page.getByText('Tersambung', { exact: true }).waitFor()
  await page.getByText('+62 811-0000-0001').waitFor()
  await page.setViewportSize(DESKTOP)
  await page.getByRole('button', { name: 'Putuskan nomor' }).click()
  await page.getByRole('button', { name: 'Putuskan', exact: true }).click()
  await page.getByText('Nomor kantor terputus dari layanan (401).').waitFor()
  expect(page.errors).toEqual([])
  expect(house.service.output()).not.toContain('linked_devices')
})

/** The phone of the office scans what the page shows. */
async function pair(page: Page): Promise<void> {
  server.scan(await until(async () => (await shown(page)).qr))
  await until(async () => ((await shown(page)).state === 'open' ? true : undefined))
}
async function shown(page: Page): Promise<{ state: string; qr?: string }> {
  return (await page.context().request.get(`${house.service.url}/api/whatsapp`)).json()
}

/** What a supervisor is to see on the page, at a desk and on a phone; `rail` is undefined where all is well. */
type Sight = { state: string; explained: string; alert?: string; rail?: string }
async function sees(page: Page, { state, explained, alert, rail }: Sight): Promise<void> {
  // the rail asks now and then only: whoever looks anew sees it at once
  await page.reload()
  const channels = page.getByRole('status', { name: 'Saluran' })
  await channels.getByText(rail ?? /WhatsApp.* tersambung/).waitFor()
  const bar = page.getByRole('button', { name: 'Lainnya' })
  for (const viewport of [DESKTOP, PHONE]) {
    await page.setViewportSize(viewport)
    await page.getByText(state, { exact: true }).waitFor()
    await page.getByText(explained).waitFor()
    if (alert === undefined) expect(await page.getByRole('alert').count()).toBe(0)
    else await page.getByRole('alert').getByText(alert).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  }
  // on a phone the rail is a bar: its last place carries the sign, and says what it means
  if (rail === undefined) expect(await bar.getByRole('img').count()).toBe(0)
  else {
    await bar.getByRole('img', { name: rail }).waitFor()
    await opensAt(page, 'Lainnya', 'Entri SIAK')
    await page.getByRole('menu').getByText(rail, { exact: true }).waitFor()
    expect(await axe(page)).toEqual([])
    await page.keyboard.press('Escape')
  }
  await page.setViewportSize(DESKTOP)
}
/** The menu of the rail opens with its first item in hand, for the keys. */
async function opensAt(page: Page, button: string, item: string): Promise<void> {
  await page.getByRole('button', { name: button }).click()
  await page.getByRole('menuitem', { name: item }).and(page.locator(':focus')).waitFor()
}

test('what is wrong with the number is said on its page and in the rail, on a desk and on a phone', async () => {
  const page = await openSigned(house, '/nomor-whatsapp')
  await pair(page)
  const open = { state: 'Tersambung', explained: 'Pesan sekolah masuk dan dijawab.' }
  await sees(page, open)
  await opensAt(page, SUPERVISOR.username, 'Tampilan terang')
  await page.keyboard.press('Escape')

  server.refusal = '503'
  server.drop()
  await until(async () => ((await shown(page)).state === 'waiting' ? true : undefined))
  const explained = 'Layanan mencoba lagi sendiri. Pesan yang belum terkirim menunggu.'
  const away = { state: 'Terputus sementara', explained, rail: 'WhatsApp tidak tersambung' }
  await sees(page, away)
  await page.getByText('503', { exact: true }).waitFor()
  // ten minutes are not waited here: what the service would answer then is
  const long = async (route: Route): Promise<void> => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), state: 'waiting', alert: 'long-outage' } })
  }
  await page.route('**/api/whatsapp', long)
  await sees(page, { ...away, alert: 'WhatsApp terputus lebih dari sepuluh menit.' })
  await page.unroute('**/api/whatsapp', long)

  server.refusal = '403'
  const banned = 'WhatsApp menolak nomor kantor (403).'
  await page.getByRole('alert').getByText(banned).waitFor()
  const stopped = 'Layanan tidak mencoba lagi sebelum Anda memintanya.'
  await sees(page, { state: 'Berhenti', explained: stopped, alert: banned, rail: 'WhatsApp tidak tersambung' })
  server.refusal = undefined
  await page.getByRole('button', { name: 'Sambungkan lagi' }).click()
  await page.getByText('Tersambung', { exact: true }).waitFor()

  const ani = server.person('Ani Rekaan')
  ani.refusal = '463'
  await ani.text('halo')
  const restricted = 'WhatsApp membatasi pesan ke orang baru (463).'
  await page.getByRole('alert').getByText(restricted).waitFor()
  await sees(page, { ...open, alert: restricted, rail: 'WhatsApp perlu diperiksa' })
  expect(page.errors).toEqual([])
})

test('a file that neither WhatsApp nor the phone of its sender has any more is asked for once again, in words', async () => {
  const wati = server.person('Wati Rekaan')
  const gone = await server.media.keep(Buffer.from('akta rekaan'), 'document', 'application/pdf')
  server.media.expire(gone.directPath ?? '')
  await wati.say({ documentMessage: { ...gone, fileName: 'akta.pdf' } })
  await until(() => wati.heard.find(({ text }) => /gagal diunduh\. Silakan kirim ulang/.test(text)), {
    timeout: 30_000,
  })
})
