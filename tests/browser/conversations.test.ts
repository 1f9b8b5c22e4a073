import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { takePicture } from './pictures.ts'
import { axe, leave, openHouse, openSigned, PHONE, say } from './support.ts'
import type { House } from './support.ts'

let house: House
let desk: Desk
const picture = 'src/admin/console/public/samples/kk.jpg'

beforeAll(async () => {
  house = await openHouse({ undoSeconds: 1 })
  desk = await openDesk(house)
})
afterAll(async () => {
  await house.close()
})

/** What the office has said to a person of the demo chat. */
async function heard(person: string): Promise<{ text: string; files?: unknown[] }[]> {
  const answer = await fetch(`${house.service.url}/demo/chat/${person}/messages`)
  const { messages } = (await answer.json()) as { messages: { from: string; text: string; files?: unknown[] }[] }
  return messages.filter((message) => message.from === 'bot')
}
async function writes(person: string, text: string): Promise<void> {
  const url = `${house.service.url}/demo/chat/${person}/messages`
  await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text }) })
}

/** Nothing has to be scrolled sideways. */
const fits = (page: Page) => page.evaluate('document.documentElement.scrollWidth <= innerWidth')

test('two operators: one takes the chat of a coordinator who asked, answers, and hands it back', async () => {
  for (const text of ['halo', 'setuju', '69900003', 'ya', 'Koordinator Contoh A', '1', '1', 'Sinta Contoh Amelia']) {
    await say(house, 'contoh-a', { text })
  }
  await say(house, 'contoh-a', { text: 'petugas' })
  const before = (await heard('contoh-a')).length
  const colleague = await desk.hire('operator.b', 'Operator Contoh B', ['verifikator'])
  const [mine, theirs] = await Promise.all([
    openSigned(house, '/'),
    openSigned(house, '/', { dark: true, who: colleague }),
  ])

  await mine.getByRole('link', { name: /Percakapan/ }).click()
  await mine.getByRole('link', { name: /Koordinator Contoh A/ }).click()
  await mine.getByText('Bot: ').first().waitFor()
  await mine.getByText(/Minta petugas sejak/).waitFor()
  await theirs.goto(mine.url())
  await mine.getByText('Operator Contoh B ikut melihat').waitFor()
  // the row that was clicked has the focus, and the key is the button's none the less
  await mine.keyboard.press('Enter')
  await mine.getByText('Hanya Anda yang menjawab.').waitFor()
  // told at once, without a reload
  await theirs.getByText('penyelia menjawab.').waitFor()
  expect(await theirs.getByRole('button', { name: 'Ambil percakapan' }).count()).toBe(0)
  expect(await theirs.getByLabel('Jawaban').count()).toBe(0)

  await writes('contoh-a', 'Apakah KK yang baru dapat dipakai?')
  await mine.getByLabel('Isi percakapan').getByText('Apakah KK yang baru dapat dipakai?').waitFor()
  await mine.keyboard.type('/kk')
  await mine.getByRole('option').first().waitFor()
  await theirs.getByText(/sedang menulis/).waitFor()
  await takePicture(mine, 'percakapan')
  expect(await axe(mine)).toEqual([])
  await mine.keyboard.press('Enter')
  const reply = await mine.getByLabel('Jawaban').inputValue()
  expect(reply).toMatch(/^KK yang baru dapat dipakai/)
  await mine.getByLabel('Jawaban').fill(`${reply} NIK 631106******0001 *hari ini*`)
  await mine.keyboard.press('Control+Enter')
  await theirs
    .getByLabel('Isi percakapan')
    .getByText(/^KK yang baru dapat dipakai/)
    .waitFor()
  // stars that hide digits are no bold
  const bold = mine.getByLabel('Isi percakapan').locator('b')
  await bold.getByText('hari ini', { exact: true }).waitFor()
  expect((await bold.allTextContents()).filter((text) => /\d{4}|\*/.test(text))).toEqual([])
  await mine.getByLabel('Pilih gambar').setInputFiles(picture)
  await mine.getByAltText('Gambar 1').waitFor()
  await mine.keyboard.press('Control+Enter')
  await mine.getByLabel('Isi percakapan').getByText('foto-1.jpg').waitFor()
  await mine
    .getByText(/terkirim$/)
    .nth(1)
    .waitFor()
  const answered = (await heard('contoh-a')).slice(before)
  expect(answered.map(({ text, files }) => [text.slice(0, 12), files?.length ?? 0])).toEqual([
    ['Petugas kami', 0],
    ['KK yang baru', 0],
    ['', 1],
  ])

  await mine.getByRole('button', { name: 'Cari dalam percakapan' }).click()
  await mine.getByLabel('Kata yang dicari').fill('sinta')
  await mine.keyboard.press('Enter')
  await mine.getByText('Sinta Contoh Amelia').first().waitFor()
  await mine.getByRole('button', { name: 'Tutup' }).click()
  await mine.keyboard.press('Control+b')
  await mine.getByLabel('Jawaban').waitFor({ state: 'detached' })
  await theirs.getByText('Bot menjawab.').waitFor()
  await takePicture(theirs, 'percakapan-gelap')
  expect(await axe(theirs)).toEqual([])

  await mine.getByText('Tidak ada yang menunggu petugas').waitFor()

  // the colleague, who was not asked for any more, opens it only with a reason, and takes it
  await theirs.getByRole('heading', { name: 'Percakapan ini bukan pekerjaan Anda sekarang' }).waitFor()
  expect(await theirs.getByRole('button', { name: 'Ambil percakapan' }).count()).toBe(0)
  expect(await axe(theirs)).toEqual([])
  // nor does the list say who spoke last where it may not say what
  await theirs.getByRole('button', { name: 'Semua' }).click()
  const row = theirs.getByRole('link', { name: /Koordinator Contoh A/ })
  await row.waitFor()
  expect(await row.textContent()).not.toContain('Bot:')
  // from here on both are on phones
  await Promise.all([mine, theirs].map((one) => one.setViewportSize(PHONE)))
  expect(await fits(theirs)).toBe(true)
  expect(await axe(theirs)).toEqual([])
  await theirs.getByLabel('Alasan melihat').fill('Sekolah menelepon')
  await theirs.getByRole('button', { name: 'Buka percakapan' }).click()
  await theirs.getByLabel('Isi percakapan').waitFor()
  await theirs.getByRole('button', { name: 'Ambil percakapan' }).click()
  await theirs.getByLabel('Jawaban').fill('Belum sempat dikirim')
  // a supervisor takes it over; what the colleague has typed stays with them
  const told = (await heard('contoh-a')).length
  await mine.getByRole('button', { name: 'Ambil alih' }).waitFor()
  expect(await fits(mine)).toBe(true)
  expect(await axe(mine)).toEqual([])
  await mine.getByRole('button', { name: 'Ambil alih' }).click()
  await mine.getByText('Hanya Anda yang menjawab.').waitFor()
  await theirs.getByText('penyelia menjawab.').waitFor()
  await theirs.getByText('Belum sempat dikirim').waitFor()
  expect((await heard('contoh-a')).length).toBe(told)
  await mine.getByRole('button', { name: 'Serahkan ke bot' }).click()
  await mine.getByLabel('Jawaban').waitFor({ state: 'detached' })
  // the bot goes on where it stood, with the draft as it was
  expect(await say(house, 'contoh-a', { text: 'draf' })).toContain('Sinta Contoh Amelia')
  expect([...mine.errors, ...theirs.errors]).toEqual([])
  await leave(mine, theirs)
}, 180_000)

test('on a phone the list and the conversation each have the whole screen, what was typed is kept, and old messages come when asked for', async () => {
  for (const text of ['halo', 'setuju', '69900004', 'ya', 'Koordinator Contoh B', '1', 'petugas']) {
    await say(house, 'contoh-b', { text })
  }
  const phone = await openSigned(house, '/percakapan', { viewport: PHONE })
  await phone
    .getByText(/Menunggu/)
    .first()
    .waitFor()
  await takePicture(phone, 'percakapan-daftar-390')
  expect(await axe(phone)).toEqual([])
  await phone.getByRole('link', { name: /Koordinator Contoh B/ }).click()
  await phone.getByRole('button', { name: 'Ambil percakapan' }).click()
  await phone.getByLabel('Jawaban').fill('Belum selesai saya tulis')
  await takePicture(phone, 'percakapan-390')
  expect(await axe(phone)).toEqual([])

  // of a long conversation the older part comes when it is asked for, and what is read stays where it is
  await phone.getByRole('link', { name: 'Ke daftar percakapan' }).click()
  await phone.getByText('Anda menjawab').waitFor()
  for (let n = 1; n <= 60; n++) await writes('contoh-b', `Catatan ${n}`)
  await phone.getByRole('link', { name: /Koordinator Contoh B/ }).click()
  expect(await phone.getByLabel('Jawaban').inputValue()).toBe('Belum selesai saya tulis')
  const log = phone.getByRole('region', { name: 'Isi percakapan' })
  await log.getByText('Catatan 60', { exact: true }).waitFor()
  expect(await log.getByText('Catatan 2', { exact: true }).count()).toBe(0)
  await log.evaluate((box) => (box as unknown as { scrollTo(x: number, y: number): void }).scrollTo(0, 0))
  const first = log.getByText(/^Catatan \d+$/).first()
  const [word, top] = [await first.textContent(), (await first.boundingBox())?.y ?? 0]
  await log.getByRole('button', { name: 'Pesan sebelumnya' }).click()
  await log.getByText('Catatan 2', { exact: true }).waitFor({ state: 'attached' })
  const after = await log.getByText(word ?? '', { exact: true }).boundingBox()
  expect(Math.abs((after?.y ?? 0) - top)).toBeLessThan(60)

  await phone.getByRole('link', { name: 'Ke daftar percakapan' }).click()
  await phone.getByRole('button', { name: 'Semua' }).click()
  await phone.getByLabel('Koordinator, sekolah atau nomor antrean').fill('tidak ada')
  await phone.keyboard.press('Enter')
  await phone.getByText('Tidak ada percakapan').waitFor()
  expect(phone.url()).toMatch(/\?daftar=semua#q=tidak\+ada$/)
  await phone.reload()
  await phone.getByText('Tidak ada percakapan').waitFor()
  expect(phone.errors).toEqual([])
  await leave(phone)
}, 180_000)
