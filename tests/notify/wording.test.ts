import { describe, expect, test } from 'vitest'
import { loadOffice } from '../../src/config/office.ts'
import { wordNotice } from '../../src/notify/wording.ts'
import type { NoticeContent } from '../../src/notify/wording.ts'

const office = loadOffice('office/balangan.yaml')
const place = { office, school: 'SDN Contoh 14', hours: 'Senin–Jumat 08.00–16.00 WITA' }
const content = (more: Partial<NoticeContent> = {}): NoticeContent => ({
  event: 'returned',
  name: 'Ahmad Fikri Contoh',
  ticket: 'B417-6',
  reasons: [],
  ...more,
})
const say = (...contents: readonly NoticeContent[]) => wordNotice(place, contents)
const LONG = { name: 'Muhammad Abdurrahman Al-Ghazali bin Contoh Rekaan Panjang Sek', ticket: 'B4170-6' }

describe('a returned application', () => {
  test('is told with reasons, what to do, and how to go on, as in the golden dialogue', () => {
    expect(say(content({ reasons: ['RR_PORTRAIT_BLURRED', 'RR_FAMILY_CARD_CUT'] }))).toBe(
      'Mohon maaf, berkas *Ahmad Fikri Contoh* (B417-6) perlu diperbaiki: 1 Pas foto buram; foto ulang di tempat terang. 2 KK terpotong; foto seluruh lembar. Nomor tetap berlaku. Balas *PERBAIKI B417-6*.',
    )
  })
  test('names the parents and where they have to go', () => {
    expect(say(content({ reasons: ['RR_FAMILY_CARD_OLD'] }))).toContain(
      'KK belum diperbarui; orang tua memperbarui Kartu Keluarga (kantor Disdukcapil Balangan). Nomor tetap berlaku. Balas *PERBAIKI B417-6* bila sudah diurus.',
    )
  })
  test('asks nothing of the school where the office has to act', () => {
    const text = say(content({ reasons: ['RR_DATA_NOT_SYNCED'] }))
    expect(text).toContain('Bapak/Ibu belum perlu melakukan apa pun')
    expect(text).not.toContain('PERBAIKI')
  })
  test("carries the officer's note, but no NIK in it", () => {
    const text = say(content({ reasons: ['RR_NIK_NOT_FOUND'], note: 'NIK 6311 0601 0715 0001 milik *kakaknya*' }))
    expect(text).toContain('Catatan petugas: NIK 631106******0001 milik kakaknya.')
    expect(text).not.toContain('0715')
  })
  test('with every reason and the longest name stays within 600 characters', () => {
    const all = office.returnReasons.map(({ code }) => code)
    expect(say(content({ ...LONG, reasons: all, note: 'x'.repeat(2000) })).length).toBeLessThanOrEqual(600)
  })
})

describe('several events', () => {
  test('of one kind are rows with their tickets', () => {
    const text = say(
      content({ reasons: ['RR_PORTRAIT_BLURRED'] }),
      content({ name: 'Siti Rekaan', ticket: 'B418-4', reasons: ['RR_FAMILY_CARD_CUT'] }),
    )
    expect(text).toBe(
      'Mohon maaf, 2 berkas perlu diperbaiki:\n*B417-6* Ahmad Fikri Contoh: Pas foto buram; foto ulang di tempat terang.\n*B418-4* Siti Rekaan: KK terpotong; foto seluruh lembar.\nNomor tetap berlaku. Balas misalnya *PERBAIKI B417-6*.',
    )
  })
  test('of different kinds are paragraphs, what the school has to do first', () => {
    const text = say(
      content({ event: 'ready', ticket: 'B419-2' }),
      content({ reasons: ['RR_PORTRAIT_BLURRED'] }),
      content({ event: 'ready', ticket: 'B420-1' }),
    )
    const [first, second] = text.split('\n\n')
    expect(first).toContain('perlu diperbaiki')
    expect(second).toBe(
      'KIA 2 murid SDN Contoh 14 sudah selesai dan siap diambil di Loket KIA Disdukcapil Balangan, Senin–Jumat 08.00–16.00 WITA: B419-2, B420-1. Mohon membawa surat tugas. Tanda terima kami siapkan.',
    )
  })
  test('that put right the data of one pupil are one pupil', () => {
    const first = content({ event: 'corrected', fields: ['name', 'class'] })
    const second = { ...first, name: 'Ahmad Fikri Rekaan', fields: ['class', 'nik'] }
    expect(say(first, second)).toBe(
      'Data *Ahmad Fikri Rekaan* (B417-6) dibetulkan petugas: nama, kelas, NIK. Nomor antrean tetap. Ketik *PETUGAS* bila tidak sesuai.',
    )
    expect(say(first, { ...second, ticket: 'B418-4' })).toContain('Data 2 murid dibetulkan petugas:')
  })
  test('of forty pupils are cut within 600 characters, and say how many more there are', () => {
    const many = Array.from({ length: 40 }, () =>
      content({ ...LONG, reasons: ['RR_BIRTH_CERT_NOT_RECORDED', 'RR_FAMILY_CARD_OLD'] }),
    )
    const text = say(...many)
    expect(text.length).toBeLessThanOrEqual(600)
    expect(text).toContain('Mohon maaf, 40 berkas')
    expect(text).toMatch(/dan \d+ lainnya; ketik \*STATUS\*/)
  })
})

test.each([
  [
    content({ event: 'rejected', reasons: ['RR_NOT_RESIDENT'] }),
    'tidak dapat kami proses: Bukan penduduk Kabupaten Balangan; orang tua mengurus di kabupaten asal',
  ],
  [
    content({ event: 'corrected', fields: ['name', 'birthDate', 'x'] }),
    'dibetulkan petugas: nama, tanggal lahir, data lain.',
  ],
  [content({ event: 'handed_over' }), 'sudah kami serahkan kepada SDN Contoh 14'],
  [content({ event: 'cancelled' }), 'sudah dibatalkan petugas'],
  [
    content({ event: 'reprinted' }),
    'Mohon maaf, KIA *Ahmad Fikri Contoh* (B417-6) perlu kami cetak ulang, sehingga belum dapat diambil.',
  ],
  [content({ event: 'resumed' }), 'kami proses kembali. Bapak/Ibu tidak perlu melakukan apa pun'],
  [content({ event: 'expired' }), 'kami batalkan karena belum diperbaiki'],
  [content({ event: 'remind_returned', date: '2027-02-05' }), 'paling lambat 5 Februari 2027. Balas *PERBAIKI B417-6*'],
])('the event of %j is told in a sentence', (one, sentence) => {
  const text = say(one)
  expect(text).toContain(sentence)
  expect(text).not.toMatch(/[{}!]/)
})

test('every event has a text for one and for several, without a name left in braces', () => {
  for (const event of [
    'returned',
    'rejected',
    'ready',
    'reprinted',
    'handed_over',
    'corrected',
    'resumed',
    'cancelled',
    'expired',
    'remind_returned',
  ] as const) {
    const one = content({ event, reasons: ['RR_FAMILY_CARD_CUT'], date: '2026-12-21', fields: ['name'] })
    expect(say(one)).not.toMatch(/[{}!]/)
    expect(say(one, { ...one, ticket: 'B418-4' })).not.toMatch(/[{}!]/)
  }
})

test('an office says it in its own words', () => {
  const own = { ...office, texts: { noticeHandedOver: 'Kartu {ticket} sudah di {school}.' } }
  expect(wordNotice({ ...place, office: own }, [content({ event: 'handed_over' })])).toBe(
    'Kartu B417-6 sudah di SDN Contoh 14.',
  )
})
