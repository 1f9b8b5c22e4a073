import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PDFDocument from 'pdfkit'
import { createLog } from '../../../src/config/log.ts'
import { connectDatabase } from '../../../src/models/mongo/connect.ts'
import type { Database } from '../../../src/models/mongo/connect.ts'
import { deliveries } from '../../../src/models/mongo/delivery-schema.ts'
import { fileModel } from '../../../src/models/mongo/files.ts'
import { lookModel } from '../../../src/models/mongo/looks.ts'
import { turnModel } from '../../../src/models/mongo/turns.ts'
import { startStores } from '../../../src/stores/stores.ts'
import { FakeBotApi } from '../../servers/fake-bot-api.ts'
import { telegramPhone, webchatPhone } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { samplePupil } from '../support/pupil.ts'
import type { Pupil, PupilFile } from '../support/pupil.ts'
import { freePort, startService, until } from '../support/service.ts'

export type AlbumFigures = {
  files: number
  pages: number
  /** Messages of the bot to each album and each PDF: at once, and after they were looked at. */
  answers: readonly number[]
  later: readonly number[]
  /** Seconds from the answer until a chat's files were all looked at, the slowest. */
  lookedAtAfter: number
  seconds: number
}

const ANSWER_MS = 90_000
/** Said where downloads take longer than a turn waits: the machine is slow, and the turn goes on. */
const STILL_COMING = /masih diunduh/

/**
 * Over Telegram and the demo chat at once: an album of `files` and a PDF of `pages` pages come to the question for the
 * documents. Each is one turn with one answer and at most one message once it was looked at; every file is looked at and
 * every page drawn. `picture` makes the album's files. Throws at what is wrong.
 */
export async function proveAlbums(size: {
  files: number
  pages: number
  picture: (i: number) => Promise<Buffer>
  limitMs: number
}): Promise<AlbumFigures> {
  const begun = Date.now()
  const dataDir = await mkdtemp(join(tmpdir(), 'smart-kids-albums-'))
  const stores = await startStores({ dataDir, production: false, log: createLog('silent') })
  const api = new FakeBotApi()
  const port = String(await freePort())
  const service = await startService({
    DATA_DIR: dataDir,
    PORT: port,
    MONGODB_URI: stores.mongodbUri,
    REDIS_URL: stores.redisUrl,
    TELEGRAM_BOT_TOKEN: api.token,
    TELEGRAM_API_ROOT: await api.open(),
    DEMO: '1',
  })
  const database = await connectDatabase(stores.mongodbUri)
  try {
    await service.ready()
    const bytes = await Promise.all(Array.from({ length: size.files }, (_, i) => size.picture(i)))
    const album = bytes.map((one, i) => ({ bytes: one, name: `qxberkas ${i}.jpg`, mime: 'image/jpeg' }))
    const pdf = { bytes: await scan(size.pages), name: 'qxberkas.pdf', mime: 'application/pdf' }
    const phones = [telegramPhone(api, 770_000_001), webchatPhone(() => service.url, 'qxibu-album')]
    const seen = await Promise.all(
      phones.map(async (phone, n) => {
        await untilDocuments(phone, await samplePupil(n, { files: 0, way: 'album' }))
        const sent = { phone, database, limitMs: size.limitMs }
        return [
          await sendAndHear({ ...sent, files: album, expects: new RegExp(`\\b${size.files}\\b`) }),
          await sendAndHear({ ...sent, files: [pdf], expects: new RegExp(`\\b${size.files + 1}\\b`) }),
        ]
      }),
    )
    const looks = await lookModel(database).find().lean()
    const wanted = phones.length * (size.files + 1)
    check(looks.length === wanted, `${wanted} files are looked at: ${looks.length}`)
    const drawn = looks.filter(({ pages }) => pages === size.pages).length
    check(drawn >= phones.length, `all ${size.pages} pages are drawn`)
    check((await service.stop()) === 0, 'the service ends in order')
    const heard = seen.flat()
    return {
      files: size.files,
      pages: size.pages,
      answers: heard.map(({ answers }) => answers),
      later: heard.map(({ later }) => later),
      lookedAtAfter: Math.max(...heard.map(({ seconds }) => seconds)),
      seconds: Math.round((Date.now() - begun) / 1000),
    }
  } finally {
    await service.kill()
    await database.close()
    await stores.stop()
    await api.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function sendAndHear(sent: {
  phone: Phone
  database: Database
  files: readonly PupilFile[]
  expects: RegExp
  limitMs: number
}): Promise<{ answers: number; later: number; seconds: number }> {
  const { phone, database } = sent
  await phone.files(sent.files)
  const answers: string[] = []
  const hear = async () => answers.push(...(await phone.read()).filter((text) => !STILL_COMING.test(text)))
  await until(async () => (await hear()) > 0, ANSWER_MS, 'an answer to the files')
  const begun = Date.now()
  check(sent.expects.test(answers.join('\n')), `the answer counts all files: ${answers.join(' | ')}`)
  await until(() => isQuiet(database), sent.limitMs, 'the end of looking')
  const seconds = Math.round((Date.now() - begun) / 1000)
  const later = await phone.read()
  check(answers.length === 1, `one answer comes: ${answers.join(' | ')}`)
  check(later.length <= 1, `one message comes later: ${later.join(' | ')}`)
  return { answers: answers.length, later: later.length, seconds }
}

/** Every file is looked at, every verdict told and every message sent. */
async function isQuiet(database: Database): Promise<boolean> {
  const left = await Promise.all([
    fileModel(database).countDocuments({ $or: [{ lookAt: { $exists: true } }, { nextAttemptAt: { $exists: true } }] }),
    turnModel(database).countDocuments({ $or: [{ 'looking.0': { $exists: true } }, { state: { $ne: 'done' } }] }),
    deliveries(database).countDocuments({ state: { $in: ['queued', 'sending'] } }),
  ])
  return left.every((count) => count === 0)
}

const ANSWERS = (pupil: Pupil): readonly [RegExp, string][] => [
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
]

async function untilDocuments(phone: Phone, pupil: Pupil): Promise<void> {
  let text = 'Assalamualaikum'
  for (let turn = 0; turn < 20; turn++) {
    await phone.text(text)
    let news: string[] = []
    await until(async () => (news = await phone.read()).length > 0, ANSWER_MS, `an answer to ${text}`)
    const asked = news.at(-1)!
    if (/Sekarang berkas/.test(asked)) return
    text = ANSWERS(pupil).find(([asks]) => asks.test(asked))?.[1] ?? 'AJUKAN'
  }
  throw new Error('the question for the documents did not come')
}

async function scan(pages: number): Promise<Buffer> {
  const document = new PDFDocument({ size: 'A4', autoFirstPage: false })
  const pieces: Buffer[] = []
  document.on('data', (piece: Buffer) => pieces.push(piece))
  for (let i = 0; i < pages; i++)
    document
      .addPage()
      .fontSize(16)
      .text(`Halaman contoh ${i + 1} dari sekolah rekaan`)
  document.end()
  await new Promise((resolve) => void document.on('end', resolve))
  return Buffer.concat(pieces)
}

function check(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`it should hold that ${what}`)
}
