import { createServer } from 'node:http'
import { Schema, connect, model } from 'mongoose'
import { Telegraf } from 'telegraf'

/**
 * Baseline of whole turns, a process of its own: what somebody would write in an afternoon. Telegraf's webhookCallback, a
 * mongoose document for each chat (find, decide, save, reply), the questions of `bench/turns.ts`. With `said` it also
 * keeps a row for each message and each reply. Nothing is sealed, ordered, or repeated after a kill. Replies are calls,
 * not the body of the webhook's answer, which nobody acknowledges.
 */
const [apiRoot = '', token = '', path = '/', secretToken = '', uri = '', keeps = 'session'] = process.argv.slice(2)

type Step =
  | 'consent'
  | 'npsn'
  | 'confirm'
  | 'who'
  | 'reason'
  | 'name'
  | 'nik'
  | 'birthDate'
  | 'class'
  | 'files'
  | 'idle'
type Answers = Partial<Record<Step, string>>
type ChatDocument = { _id: number; step?: Step; answers: Answers; pupils: Answers[]; updatedAt?: Date }

const Chat = model(
  'Chat',
  new Schema<ChatDocument>(
    {
      _id: { type: Number, required: true },
      step: String,
      answers: { type: Schema.Types.Mixed, default: {} },
      pupils: { type: [Schema.Types.Mixed], default: [] } as never,
    },
    { timestamps: true, minimize: false },
  ),
)
const Said = model(
  'Said',
  new Schema(
    { chat: Number, by: String, messageId: Number, text: String },
    { timestamps: { createdAt: true, updatedAt: false } },
  ).index({ chat: 1, createdAt: 1 }),
)

const QUESTIONS: Readonly<Record<Step, (answers: Answers) => string>> = {
  consent: () =>
    'Selamat pagi, Bapak/Ibu. Terima kasih telah menghubungi layanan SMART KIDS. Sekolah dapat mengajukan KIA murid di ' +
    'sini, gratis. Data dan foto dokumen hanya digunakan untuk penerbitan KIA. Balas SETUJU untuk melanjutkan.',
  npsn: () => 'Mohon ketik NPSN sekolah Bapak/Ibu (8 angka).',
  confirm: ({ npsn }) => `NPSN ${npsn} adalah SDN Contoh. Apakah sudah benar, Bapak/Ibu? Balas YA atau BUKAN.`,
  who: () => 'Mohon ketik nama lengkap Bapak/Ibu.',
  reason: () =>
    'Apa alasan pengajuannya?\n1 Baru\n2 Masa berlaku habis\n3 Hilang\n4 Rusak\n5 Pindah datang\nBalas nomornya.',
  name: () => 'Mohon ketik nama lengkap murid, sama persis dengan akta kelahiran, tanpa disingkat.',
  nik: ({ name }) => `Mohon ketik NIK ${name}: 16 angka pada baris namanya di Kartu Keluarga.`,
  birthDate: ({ name, nik }) =>
    `Tanggal lahir ${name} menurut NIK ${nik?.slice(6, 12)}. Benar? Balas YA, atau ketik tanggalnya.`,
  class: ({ name }) => `${name} kelas berapa? Ketik misalnya 4A.`,
  files: ({ name }) =>
    `Sekarang berkas ${name}. Kirim sekaligus atau satu demi satu, urut:\n1 akta kelahiran\n2 Kartu Keluarga\n` +
    '3 KTP-el ayah dan ibu/wali\n4 pas foto\nPastikan seluruh lembar terbaca; sebaiknya sebagai Dokumen.',
  idle: ({ name }) => `Baik, draf ${name} kami simpan. Balas AJUKAN untuk murid lain.`,
}
const WANTED: Readonly<Record<Step, RegExp>> = {
  consent: /^setuju$/i,
  npsn: /^\d{8}$/,
  confirm: /^ya$/i,
  who: /\p{L}{2}/u,
  reason: /^[1-5]$/,
  name: /^\p{L}[\p{L}' ]+$/u,
  nik: /^\d{16}$/,
  birthDate: /^ya$/i,
  class: /^.{1,20}$/,
  files: /^nanti$/i,
  idle: /^ajukan$/i,
}
const STEPS = Object.keys(QUESTIONS) as Step[]

/** What follows from a line at a step: the next step, and what the chat has answered by then. */
function decide(chat: Pick<ChatDocument, 'step' | 'answers' | 'pupils'>, line: string): ChatDocument['step'] {
  const { step } = chat
  if (step === undefined) return 'consent'
  if (/^ajukan$/i.test(line) && STEPS.indexOf(step) >= STEPS.indexOf('reason')) return 'reason'
  if (!WANTED[step].test(line)) return step
  chat.answers = { ...chat.answers, [step]: line }
  if (step === 'files') chat.pupils.push(chat.answers)
  return STEPS[STEPS.indexOf(step) + 1]
}

const bot = new Telegraf(token, { telegram: { apiRoot, webhookReply: false } })
bot.botInfo = { id: 666, is_bot: true, first_name: 'Bot Rekaan', username: 'rekaan_bot' } as typeof bot.botInfo & object
bot.on('text', async (context) => {
  const { id } = context.chat
  const { text, message_id: messageId } = context.message
  if (keeps === 'said') await Said.create({ chat: id, by: 'person', messageId, text })
  const chat = (await Chat.findById(id)) ?? new Chat({ _id: id })
  const step = decide(chat, text) ?? 'idle'
  chat.step = step
  await chat.save()
  const reply = await context.reply(QUESTIONS[step](chat.answers))
  if (keeps === 'said') await Said.create({ chat: id, by: 'bot', messageId: reply.message_id, text: reply.text })
})

await connect(uri)
await Promise.all([Chat.init(), Said.init()])
const callback = bot.webhookCallback(path, { secretToken })
const server = createServer((request, response) => void callback(request, response))
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send!(typeof address === 'object' ? address?.port : undefined)
})
process.once('disconnect', () => process.exit())
