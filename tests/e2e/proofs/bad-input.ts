import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HOSTILE } from '../../conversation/hostile.ts'
import { WHOLE } from '../support/fleet.ts'
import { openHouse } from '../support/house.ts'
import { webchatPhone } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { samplePupil } from '../support/pupil.ts'
import type { Pupil, PupilFile } from '../support/pupil.ts'
import { until } from '../support/service.ts'

export type BadInputFigures = { steps: number; texts: number; files: number; answered: number; seconds: number }

const WAIT_MS = 60_000
/** What is no picture and no PDF, and what only says that it is. */
const FILES: readonly PupilFile[] = [
  { name: 'kosong.jpg', mime: 'image/jpeg', bytes: Buffer.alloc(0) },
  { name: '../../akta.jpg', mime: 'image/jpeg', bytes: Buffer.from('<script>alert(1)</script>') },
  { name: 'kk.pdf', mime: 'application/pdf', bytes: Buffer.from('MZ\x90\0halo') },
  { name: 'a\0b.svg', mime: 'image/svg+xml', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
  { name: 'arsip.zip', mime: 'application/zip', bytes: Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64') },
]

/** Questions to which none of the hostile texts is an answer. */
const ATTACKED = ['npsn', 'nik', 'documents'] as const
type Attacked = (typeof ATTACKED)[number]
const ASKED: Record<Attacked, RegExp> = { npsn: /NPSN sekolah/, nik: /ketik NIK/, documents: /Sekarang berkas/ }

/**
 * Over the real demo chat: at questions of a registration and of a draft come `texts` hostile texts and then hostile
 * files. Each text is answered with a short sentence; afterwards the draft is found again and goes on, and the card shows
 * what was answered before the attack. Throws at what is wrong.
 */
export async function proveBadInput({ texts, seed }: { texts: number; seed: number }): Promise<BadInputFigures> {
  const begun = Date.now()
  const dataDir = await mkdtemp(join(tmpdir(), 'smart-kids-bad-'))
  const house = await openHouse({ dataDir, layout: WHOLE })
  try {
    await house.start()
    // an empty message is refused by the API, and the NIKs among them are answers
    const hostile = HOSTILE.filter((text) => text.trim() !== '' && !/\d{16}/.test(text)).slice(0, texts)
    const answered = await Promise.all(
      ATTACKED.map(async (attacked, n) => {
        const phone = webchatPhone(() => house.demoUrl, `qxibu-${attacked}`)
        return attack(phone, { attacked, hostile, pupil: await samplePupil(seed + n, { files: 5, way: 'album' }) })
      }),
    )
    const { codes } = await house.stop(1)
    check(
      codes.every((code) => code === 0),
      'the service outlives it',
    )
    return {
      steps: ATTACKED.length,
      texts: hostile.length,
      files: FILES.length,
      answered: answered.reduce((sum, count) => sum + count, 0),
      seconds: Math.round((Date.now() - begun) / 1000),
    }
  } finally {
    await house.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function attack(
  phone: Phone,
  { attacked, hostile, pupil }: { attacked: Attacked; hostile: readonly string[]; pupil: Pupil },
): Promise<number> {
  let answered = 0
  async function say(text: string): Promise<string> {
    await phone.text(text)
    return reply(JSON.stringify(text.slice(0, 60)))
  }
  async function reply(to: string): Promise<string> {
    let news: string[] = []
    await until(
      async () => {
        news = await phone.read()
        return news.length > 0
      },
      WAIT_MS,
      `an answer to ${to} at ${attacked}`,
    )
    const text = news.at(-1)!
    check(text.length <= 700 && text.trim() !== '', `an answer is short: ${text.slice(0, 100)}`)
    check(!/undefined|\[object|\bat \/|Error:/.test(text), `an answer is a sentence: ${text.slice(0, 100)}`)
    return text
  }
  async function strike(): Promise<string> {
    for (const text of hostile) {
      await say(text)
      answered += 1
    }
    await phone.files(FILES)
    await reply('hostile files')
    return say(attacked === 'npsn' ? 'MENU' : 'DRAF')
  }

  let struck = false
  let sent = false
  let text = await say('Assalamualaikum')
  for (let turn = 0; turn < 60; turn++) {
    if (!struck && ASKED[attacked].test(text)) {
      struck = true
      text = await strike()
      continue
    }
    if (/Mohon diperiksa:/.test(text)) {
      check(struck, 'the question was attacked')
      const before = [pupil.name, pupil.nik.slice(-4), 'akta 1, KK 1, KTP-el 2, pas foto 1']
      // at the NIK no class is known yet: one among the texts may be noted as it
      if (attacked !== 'nik') before.push(`Kelas: ${pupil.class}`)
      for (const value of before) {
        check(text.includes(value), `the card shows what was answered (${attacked}): ${text}`)
      }
      check(/Nomor antrean/.test(await say('KIRIM')), 'the draft can be sent')
      return answered
    }
    if (/Sekarang berkas|Berikutnya kirim|Mohon kirim|Masih kurang/.test(text) && !sent) {
      sent = true
      await phone.files(pupil.files)
      text = await reply('the album')
      continue
    }
    text = await say(answerTo(text, pupil))
  }
  throw new Error(`no card came at ${attacked}; the last was: ${text}`)
}

function answerTo(text: string, pupil: Pupil): string {
  const answers: readonly [RegExp, string][] = [
    [/Balas SETUJU/, 'setuju'],
    [/NPSN sekolah|memuat NPSN|belum terdaftar/, '69900014'],
    [/Apakah sudah benar/, 'ya'],
    [/nama lengkap Bapak\/Ibu/, 'Qxibu Rekaan'],
    [/Apa jabatan/, '2'],
    [/Apa alasan/, '1'],
    [/nama lengkap murid/, pupil.name],
    [/menurut NIK .* Benar\?/, 'ya'],
    [/ketik NIK|berapa NIK/, pupil.nik],
    [/kelas berapa/, pupil.class],
    [/Balas LANJUT atau HAPUS/, 'LANJUT'],
    [/Ada \d+ draf/, pupil.name],
    [/Mana yang/, 'TIDAK TAHU'],
    [/masih diunduh|Berkas ke-\d/, 'LANJUT'],
  ]
  return answers.find(([asks]) => asks.test(text))?.[1] ?? 'AJUKAN'
}

function check(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`it should hold that ${what}`)
}
