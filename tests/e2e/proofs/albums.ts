import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PDFDocument from 'pdfkit'
import sharp from 'sharp'
import { readDataKeys } from '../../../src/config/data-key.ts'
import { createLog } from '../../../src/config/log.ts'
import { pupilOf } from '../../../src/conversation/flows/pupil.ts'
import type { Entry } from '../../../src/conversation/flows/pupil.ts'
import { connectDatabase } from '../../../src/models/store/connect.ts'
import type { Database } from '../../../src/models/store/connect.ts'
import { deliveries } from '../../../src/models/notice/kept.ts'
import { fileModel } from '../../../src/models/file/files.ts'
import { openKeyring } from '../../../src/models/store/keyring.ts'
import { lookModel } from '../../../src/models/file/looks.ts'
import { createTurns, turnModel } from '../../../src/models/chat/turns.ts'
import { startStores } from '../../../src/dev/stores.ts'
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
  /** Seconds from the answer until the later message, the slowest. */
  toldAfter: number
  /** Seconds from the answer until a chat's files were all looked at, the slowest. */
  lookedAtAfter: number
  seconds: number
}

const ANSWER_MS = 90_000
/** The bot says a minute; the rest is the sweeper's turn and a busy machine's. */
const TOLD_WITHIN_S = 75
/** Said where downloads take longer than a turn waits: the machine is slow, and the turn goes on. */
const STILL_COMING = /masih diunduh/

type Heard = { answers: number; later: number; toldAfter: number; lookedAtAfter: number; said: readonly string[] }

/**
 * Over Telegram and the demo chat at once: an album of `files`, and from another person a PDF of `pages` scanned pages,
 * come to the question for the documents. Each is one turn with one answer and at most one message later, within its
 * minute; every file is looked at, every page drawn, and every file has its place in its draft. `picture` makes the
 * album's files. Throws at what is wrong.
 */
export async function proveAlbums(size: {
  files: number
  pages: number
  picture: (i: number) => Promise<Buffer>
  limitMs: number
  say?: (line: string) => void
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
    MEDIA: 'look',
  })
  const database = await connectDatabase(stores.mongodbUri)
  try {
    const bytes = await picturesOf(size)
    const album = bytes.map((one, i) => ({ bytes: one, name: `qxberkas ${i}.jpg`, mime: 'image/jpeg' }))
    const pdf = { bytes: await scan(bytes, size.pages), name: 'qxberkas.pdf', mime: 'application/pdf' }
    const sent = [
      { phone: telegramPhone(api, 770_000_001), files: album },
      { phone: telegramPhone(api, 770_000_002), files: [pdf] },
      { phone: webchatPhone(() => service.url, 'qxibu-album'), files: album },
      { phone: webchatPhone(() => service.url, 'qxibu-pdf'), files: [pdf] },
    ]
    await service.ready()
    for (const [n, { phone }] of sent.entries()) {
      await untilDocuments(phone, await samplePupil(n, { files: 0, way: 'album' }))
    }
    const heard = await Promise.all(
      sent.map(async (one) => {
        const seen = await sendAndHear({ ...one, database, limitMs: size.limitMs })
        size.say?.(`${one.files.length} files: ${seen.said.join('\n  … ')}`)
        return seen
      }),
    )
    const looks = await lookModel(database).find().lean()
    const wanted = sent.reduce((sum, { files }) => sum + files.length, 0)
    check(looks.length === wanted, `${wanted} files are looked at: ${looks.length}`)
    check(
      looks.every(({ state }) => state === 'done'),
      'no look fails',
    )
    const drawn = looks.filter(({ pages }) => pages === size.pages).length
    check(drawn >= 2, `all ${size.pages} pages are drawn`)
    const { placed, asked } = await placesIn(database, dataDir)
    check(placed + asked === wanted, `${wanted} files have a place or are asked about: ${placed} and ${asked}`)
    check((await service.stop()) === 0, 'the service ends in order')
    return {
      files: size.files,
      pages: size.pages,
      answers: heard.map(({ answers }) => answers),
      later: heard.map(({ later }) => later),
      toldAfter: Math.max(...heard.map(({ toldAfter }) => toldAfter)),
      lookedAtAfter: Math.max(...heard.map(({ lookedAtAfter }) => lookedAtAfter)),
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
  limitMs: number
}): Promise<Heard> {
  const { phone, database, files } = sent
  await phone.files(files)
  const answers: string[] = []
  const hear = async () => answers.push(...(await phone.read()).filter((text) => !STILL_COMING.test(text)))
  await until(async () => (await hear()) > 0, ANSWER_MS, `an answer to ${files.length} files`)
  const begun = Date.now()
  const seconds = (): number => Math.round((Date.now() - begun) / 1000)
  if (files.length > 1) {
    check(new RegExp(`\\b${files.length}\\b`).test(answers.join('\n')), `the answer counts all: ${answers.join(' | ')}`)
  }
  const later: string[] = []
  let toldAfter = 0
  await until(
    async () => {
      const news = await phone.read()
      if (news.length > 0) toldAfter = seconds()
      later.push(...news)
      return isQuiet(database)
    },
    sent.limitMs,
    'the end of looking',
  )
  later.push(...(await phone.read()))
  check(answers.length === 1, `one answer comes: ${answers.join(' | ')}`)
  check(later.length <= 1, `one message comes later: ${later.join(' | ')}`)
  check(toldAfter <= TOLD_WITHIN_S, `it comes within ${TOLD_WITHIN_S} s: ${toldAfter}`)
  return {
    answers: answers.length,
    later: later.length,
    toldAfter,
    lookedAtAfter: seconds(),
    said: [...answers, ...later],
  }
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

/** Files of all drafts that have a kind, and those that the person was asked about. */
async function placesIn(database: Database, dataDir: string): Promise<{ placed: number; asked: number }> {
  const { key } = await readDataKeys({ dataDir, production: false })
  const sealer = await openKeyring(database, key)
  const turns = createTurns({ database, sealer, now: () => new Date(), log: createLog('silent') })
  const files: Entry[] = []
  for (const chat of await turnModel(database).distinct('chat')) {
    const { session } = await turns.latest(chat)
    files.push(...(pupilOf(session?.answers ?? {}).files ?? []))
  }
  const stored = files.filter(({ state }) => state === 'stored')
  const placed = stored.filter(({ kind }) => kind).length
  return { placed, asked: stored.length - placed }
}

/** At most eight are drawn: the rest are the same papers, saved once more and a little darker each time. */
async function picturesOf(size: { files: number; picture: (i: number) => Promise<Buffer> }): Promise<Buffer[]> {
  const drawn: Buffer[] = []
  for (let i = 0; i < Math.min(size.files, 8); i++) drawn.push(await size.picture(i))
  const again = async (i: number): Promise<Buffer> =>
    sharp(drawn[i % drawn.length])
      .linear(1, -i / 4)
      .jpeg({ quality: 80 })
      .toBuffer()
  const pictures: Buffer[] = []
  for (let i = 0; i < size.files; i++) pictures.push(drawn[i] ?? (await again(i)))
  return pictures
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

/** As an app for scanning makes it: each page one picture, no text. */
async function scan(pictures: readonly Buffer[], pages: number): Promise<Buffer> {
  const document = new PDFDocument({ size: 'A4', autoFirstPage: false })
  const pieces: Buffer[] = []
  document.on('data', (piece: Buffer) => pieces.push(piece))
  for (let i = 0; i < pages; i++) {
    document.addPage().image(pictures[i % Math.min(8, pictures.length)]!, 20, 20, { fit: [555, 800] })
  }
  document.end()
  await new Promise((resolve) => void document.on('end', resolve))
  return Buffer.concat(pieces)
}

function check(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`it should hold that ${what}`)
}
