import { createWhatsappStates } from '../../models/whatsapp/state.ts'
import { answers, emptyBody, NOTHING } from '../server/answers.ts'
import { WhatsappPairBody, WhatsappView } from '../contract/whatsapp.ts'
import type { AdminDeps, App } from '../deps.ts'
import { ProblemError } from '../server/problems.ts'

/** The office's WhatsApp number: how it is connected, pairing, unlinking. The connection may live in another process. */
export function whatsappRoutes(app: App, { whatsapp, now, ...deps }: AdminDeps): void {
  const states = createWhatsappStates(deps)

  async function view(): Promise<WhatsappView> {
    if (!whatsapp) return { state: 'off' }
    const found = await states.seen(now())
    if (!found) return { state: 'connecting' }
    const { state, since, qr, pairingCode, phone, lastError, alert } = found
    return {
      state,
      since: since.toISOString(),
      ...(qr === undefined ? {} : { qr }),
      ...(pairingCode === undefined ? {} : { pairingCode }),
      ...(phone === undefined ? {} : { phone }),
      ...(lastError === undefined ? {} : { lastError }),
      ...(alert === undefined ? {} : { alert }),
    }
  }
  async function wish(command: Parameters<typeof states.ask>[0]): Promise<void> {
    if (!whatsapp) throw new ProblemError('conflict', { detail: 'WhatsApp tidak dinyalakan di layanan ini.' })
    await states.ask(command)
  }

  app.get('/whatsapp', { schema: { response: answers({ 200: WhatsappView }) } }, view)

  app.post(
    '/whatsapp/pair',
    { schema: { body: WhatsappPairBody, response: answers({ 202: NOTHING }) }, preValidation: emptyBody },
    async ({ body: { phone } }, reply) => {
      await wish({ kind: 'pair', ...(phone === undefined ? {} : { phone }) })
      return reply.code(202).send(null)
    },
  )

  app.post('/whatsapp/unlink', { schema: { response: answers({ 202: NOTHING }) } }, async (_request, reply) => {
    await wish({ kind: 'unlink' })
    return reply.code(202).send(null)
  })
}
