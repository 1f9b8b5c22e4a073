import { createServer } from 'node:http'
import { Telegraf } from 'telegraf'

/** Baseline of the webhook, a process of its own: telegraf's webhookCallback with a handler that does nothing. */
const [token = '', path = '/', secretToken = ''] = process.argv.slice(2)
const bot = new Telegraf(token)
bot.botInfo = { id: 666, is_bot: true, first_name: 'Bot Rekaan', username: 'rekaan_bot' } as typeof bot.botInfo & object
bot.on('message', () => undefined)

const server = createServer((request, response) => void bot.webhookCallback(path, { secretToken })(request, response))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send!(typeof address === 'object' ? address?.port : undefined)
})
process.once('disconnect', () => process.exit())
