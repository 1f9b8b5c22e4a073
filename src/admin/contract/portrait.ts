import { z } from 'zod'
import { BACKGROUNDS } from '../../models/file/look.ts'
import { Id, TransactionId } from './id.ts'

const angle = z.number().min(-360).max(360)
// a cut may reach beyond the picture, whose edge goes on there
const share = z.number().min(-1).max(2)

/** As `PortraitEdit` in models/look.ts: the cut in shares of the upright picture turned by `rotation` degrees clockwise. */
export const PortraitEditView = z.strictObject({
  rotation: angle,
  crop: z.strictObject({ x: share, y: share, width: z.number().min(0.02).max(2), height: z.number().min(0.02).max(2) }),
  brightness: z.number().min(0.3).max(3),
  background: z.enum(BACKGROUNDS).optional(),
})
export type PortraitEditView = z.infer<typeof PortraitEditView>

/** `GET /api/applications/:id/portrait`: what the photo station begins with. */
export const PortraitView = z.object({
  /** The portrait that counts; null where the application has none. */
  document: Id.nullable(),
  /** Its pixels as it came, of which a smaller picture may be shown; null where they are not known. */
  original: z.object({ width: z.number().int(), height: z.number().int() }).nullable(),
  /** What was measured; null where nobody has looked, or no face was found at all. */
  look: z
    .object({
      faces: z.number().int(),
      /**
       * `roll` in degrees clockwise in the picture that is shown, `yaw` from -1 to 1, `mean` light from 0 to 255,
       * `headHeight` crown to chin as a share of that picture's height.
       */
      face: z.object({ roll: z.number(), yaw: z.number(), mean: z.number(), headHeight: z.number() }).optional(),
      background: z.enum([...BACKGROUNDS, 'other', 'unknown']),
      /** Whether the person's edge is clean enough to replace what is behind. */
      replaceable: z.boolean(),
    })
    .nullable(),
  /** What was decided last, and what the machine proposes. */
  edit: PortraitEditView.nullable(),
  proposal: PortraitEditView.nullable(),
  /** The office's rule for this pupil, and its colours. */
  background: z.object({
    expected: z.enum(BACKGROUNDS),
    oddYears: z.enum(BACKGROUNDS),
    evenYears: z.enum(BACKGROUNDS),
    foreigners: z.enum(BACKGROUNDS),
    colours: z.record(z.enum(BACKGROUNDS), z.string()),
  }),
  /** The finished file: pixels, at most so many kilobytes, and its name for SIAK. */
  output: z.object({
    width: z.number().int(),
    height: z.number().int(),
    kilobytes: z.number().int(),
    name: z.string(),
    /** Crown to chin, and where the eyes stand, as shares of the portrait's height. */
    headHeight: z.number(),
    eyeLine: z.number(),
  }),
  /** Whether edits are drawn here; otherwise only the cut can be set. */
  draws: z.boolean(),
})
export type PortraitView = z.infer<typeof PortraitView>

const token = z.string().min(1).max(100)

/** `POST /api/applications/:id/edit-portrait`: kept as data; the original stays. */
export const EditPortraitBody = z.strictObject({
  token,
  document: Id,
  edit: PortraitEditView,
  transactionId: TransactionId,
})
export type EditPortraitBody = z.infer<typeof EditPortraitBody>

/** `POST /api/applications/:id/portrait/preview` → image/jpeg: as the finished portrait would be; keeps nothing. */
export const PreviewBody = z.strictObject({ token, document: Id, edit: PortraitEditView })
export type PreviewBody = z.infer<typeof PreviewBody>

/** `?reason=`: as for documents. */
export const PortraitQuery = z.object({ reason: z.string().trim().min(3).max(300).optional() })
