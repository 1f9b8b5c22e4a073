import { z } from 'zod'
import { Moment } from './id.ts'

/** `GET /api/whatsapp`. `qr` is the string to be drawn as a QR code; both it and the code are there while pairing. */
export const WhatsappView = z.object({
  state: z.enum(['off', 'pairing', 'connecting', 'open', 'waiting', 'stopped']),
  since: Moment.optional(),
  qr: z.string().optional(),
  pairingCode: z.string().optional(),
  /** The office's number, digits with the country code. */
  phone: z.string().optional(),
  /** The platform's code of the last disconnect. */
  lastError: z.string().optional(),
  /** What the office has to act on; `long-outage`: no connection for more than ten minutes. */
  alert: z.enum(['unlinked', 'banned', 'reachout-lock', 'outdated', 'long-outage']).optional(),
})
export type WhatsappView = z.infer<typeof WhatsappView>

/** `POST /api/whatsapp/pair`: with a number, a code to be typed on that phone comes beside the QR. */
export const WhatsappPairBody = z.strictObject({
  phone: z
    .string()
    .transform((text) => text.replaceAll(/\D/g, '').replace(/^0/, '62'))
    .pipe(z.string().regex(/^\d{8,15}$/))
    .optional(),
})
export type WhatsappPairBody = z.infer<typeof WhatsappPairBody>
