import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axe, openHouse, openPage, PHONE, pressUntil, say, signIn, submitPupils } from './support.ts'
import type { House } from './support.ts'

let house: House

beforeAll(async () => {
  // a slow machine may need longer for a key than an operator
  house = await openHouse({ undoSeconds: 8 })
})
afterAll(async () => {
  await house.close()
})

describe('the whole way', () => {
  test('an operator works the main path by keyboard, and the school hears of it', async () => {
    const [first = '', second = ''] = await submitPupils(house, 'wati', '69900004', [
      ['Bagas Rekaan', '6311060107150001'],
      ['Citra Rekaan', '6311064107150002'],
    ])
    const page = await openPage(house, '/')
    await signIn(page)
    await page.getByText(first).first().waitFor()

    await page.keyboard.press('Enter')
    await page
      .getByRole('button', { name: /Setujui/ })
      .first()
      .waitFor()
    await page.getByText('6311').first().waitFor()
    expect(await page.textContent('body')).toContain('Bagas Rekaan')
    // decision keys sleep for a moment after a case shows, so a double Enter approves nothing
    await page.locator('img').first().waitFor()
    const pupil = page.getByRole('heading', { name: 'Bagas Rekaan' })
    await pressUntil(page, 'a', page.getByText(new RegExp(`${first} disetujui`)), pupil)

    await page.keyboard.press('z')
    await expect.poll(() => page.getByText(new RegExp(`${first} disetujui`)).count()).toBe(0)
    await pupil.waitFor()

    const panel = page.getByRole('dialog', { name: `Kembalikan ${first} ke sekolah` })
    const preview = panel.getByLabel('Pesan ke sekolah')
    await pressUntil(page, 'r', panel)
    await page.keyboard.type('fk')
    await preview.getByText(/KK terpotong/).waitFor()
    const told = (await preview.textContent()) ?? ''
    await page.keyboard.press('Escape')
    // nothing that a quick hand types after R is lost
    await page.keyboard.type('rfkl')
    await panel.getByRole('button', { name: /Kembalikan, 1 alasan/ }).waitFor()
    await page.keyboard.type('fkl')
    await page.keyboard.press('Enter')
    await page
      .getByText(new RegExp(`${first} dikembalikan`))
      .first()
      .waitFor()

    const url = `${house.service.url}/demo/chat/wati/messages`
    await expect
      .poll(async () => JSON.stringify(await (await fetch(url)).json()), { timeout: 30_000 })
      .toContain(`PERBAIKI ${first}`)
    // word for word what the panel had shown
    const { messages } = (await (await fetch(url)).json()) as { messages: { text: string }[] }
    expect(messages.map(({ text }) => text.replaceAll('*', ''))).toContain(told)
    await say(house, 'wati', { text: `perbaiki ${first}` })
    expect(page.errors).toEqual([])
    expect(second).toMatch(/^[A-Z]\d+-\d$/)
    await page.context().close()
  })

  test('a newcomer submits a pupil in the demo by taps alone', async () => {
    const page = await openPage(house, '/demo')
    // each tap is the sample that fits the bot's question; the page marks it
    const next = page.locator('[data-next="true"]')
    await expect
      .poll(
        async () => {
          if ((await next.count()) > 0 && (await next.first().isEnabled())) await next.first().click()
          return page.getByText('Nomor antrean').count()
        },
        { timeout: 80_000, interval: 700 },
      )
      .toBeGreaterThan(0)
    expect(page.errors).toEqual([])
    await page.context().close()
  })
})

describe.each([
  { name: 'desktop', looks: {} },
  { name: 'phone, dark', looks: { viewport: PHONE, dark: true } },
])('on a $name', ({ looks }) => {
  test('no page has what axe finds against WCAG A and AA', async () => {
    const page = await openPage(house, '/', looks)
    await page.getByLabel('Nama pengguna').waitFor()
    const found: Record<string, string[]> = { '/masuk': await axe(page) }
    await signIn(page)
    found['/'] = await axe(page)
    for (const path of ['/serah-terima', '/pengaduan', '/cari', '/koordinator', '/sekolah', '/operator']) {
      await page.goto(`${house.service.url}${path}`)
      await page.getByRole('heading').first().waitFor()
      found[path] = await axe(page)
    }
    await page.goto(`${house.service.url}/demo`)
    await page.getByPlaceholder('Ketik pesan').first().waitFor()
    found['/demo'] = await axe(page)
    expect(Object.fromEntries(Object.entries(found).filter(([, problems]) => problems.length > 0))).toEqual({})
    expect(page.errors).toEqual([])
    await page.context().close()
  })
})
