import { conversations, createConversation } from '@grammyjs/conversations'
import type { Conversation, ConversationFlavor } from '@grammyjs/conversations'
import { Bot } from 'grammy'
import type { Context } from 'grammy'

type Talk = ConversationFlavor<Context>
/** The stored state as text: what a database would keep. */
export type Kept = { text: string | undefined }

/**
 * Baseline of the engine: `@grammyjs/conversations` asks for pupils one after the other: reason, name, NIK, birth date,
 * class, and lays each aside. Calls to the platform are answered on the spot; its state goes through JSON, as in a database.
 */
export async function grammyConversation(kept: Kept): Promise<(text: string) => Promise<void>> {
  const bot = new Bot<Talk>('666:rekaan', {
    botInfo: {
      id: 666,
      is_bot: true,
      first_name: 'Bot Rekaan',
      username: 'rekaan_bot',
      can_join_groups: false,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
    } as Bot['botInfo'],
  })
  let message = 1
  const answer = { message_id: 1, date: 1, chat: { id: 1, type: 'private', first_name: 'Orang Rekaan' }, text: '' }
  bot.api.config.use(async () => ({ ok: true, result: answer }) as never)
  bot.use(
    conversations({
      storage: {
        read: () => (kept.text === undefined ? undefined : JSON.parse(kept.text)),
        write: (_key, state) => void (kept.text = JSON.stringify(state)),
        delete: () => void (kept.text = undefined),
      },
    }),
  )
  bot.use(
    createConversation<Talk, Context>(dictate, {
      plugins: [
        async (context, next) => {
          context.api.config.use(async () => ({ ok: true, result: answer }) as never)
          await next()
        },
      ],
    }),
  )
  bot.command('start', (context) => context.conversation.enter('dictate'))
  const from = { id: 1, is_bot: false, first_name: 'Orang Rekaan' }
  return (text) => {
    message += 1
    const entities = text.startsWith('/') ? [{ type: 'bot_command' as const, offset: 0, length: text.length }] : []
    const chat = { id: 1, type: 'private' as const, first_name: 'Orang Rekaan' }
    return bot.handleUpdate({
      update_id: message,
      message: { message_id: message, date: 1, chat, from, text, entities },
    })
  }
}

async function dictate(conversation: Conversation<Talk, Context>, context: Context): Promise<void> {
  const ask = async (question: string, fits: RegExp): Promise<string> => {
    await context.reply(question)
    for (;;) {
      const { message } = await conversation.waitFor('message:text')
      if (fits.test(message.text)) return message.text
      await context.reply(`Mohon maaf, belum terbaca. ${question}`)
    }
  }
  let question = 'Balas AJUKAN untuk mengajukan murid.'
  for (;;) {
    await ask(question, /^ajukan$/i)
    await ask('Apa alasan pengajuannya? 1 Baru, 2 Masa berlaku habis, 3 Hilang, 4 Rusak.', /^[1-4]$/)
    const name = await ask('Mohon ketik nama lengkap murid, sama persis dengan akta kelahiran.', /^[\p{L} .'-]{2,60}$/u)
    await ask(`Mohon ketik NIK ${name}: 16 angka.`, /^\d{16}$/)
    await ask(`Tanggal lahir ${name} menurut NIK. Benar? Balas YA.`, /^ya$/i)
    await ask(`${name} kelas berapa? Ketik misalnya 4A.`, /^[1-6][A-Z]$/i)
    await ask(`Sekarang berkas ${name}.`, /^nanti$/i)
    question = `Baik, draf ${name} kami simpan. Balas AJUKAN untuk murid lain.`
  }
}
