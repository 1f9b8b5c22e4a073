import { afterAll, beforeAll, expect, test } from 'vitest'
import { MockWhatsApp } from '../servers/mock-whatsapp.ts'
import { axe, DESKTOP, openHouse, openSigned, PHONE } from './support.ts'
import type { House } from './support.ts'

const server = new MockWhatsApp()
let house: House

beforeAll(async () => {
  await server.open()
  house = await openHouse({ given: { WHATSAPP: 'baileys', WHATSAPP_WS_URL: server.url() } })
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
