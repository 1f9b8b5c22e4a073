import { z } from 'zod'

const share = z.number().min(0).max(1)
const pixels = z.int().min(50).max(3000)
const light = z.number().min(0).max(255)

/**
 * What the measured values of a portrait mean. `retake` asks for another photo (at most twice), `check` lets an
 * operator look. Evidence for each: docs/media.md. All of it comes from photos of adults: an office that has seen its
 * own schools' photos knows better and sets its own.
 */
const limits = z
  .strictObject({
    /** Certainty of the landmarks below which no retake is asked. Real faces came to 0.74 and more, a profile to 0.24. */
    sure: share.default(0.75),
    /** The next largest face against the largest: a bystander who is smaller than this can be cut away. */
    secondFace: share.default(0.5),
    /** Crown to chin in pixels of the original. On the card it is 219 px at 300 dpi (18.6 of 30 mm); 120 px print soft. */
    head: z.strictObject({ retake: pixels.default(120), check: pixels.default(200) }).prefault({}),
    /** A picture with a shorter edge came reduced: a forwarded thumbnail, and coming closer does not help. */
    shortEdge: pixels.default(480),
    /** From 0 (straight ahead) to 1 (profile), either side. By judgement: frontal adults came to 0.26 and less. */
    yaw: z.strictObject({ retake: share.default(0.7), check: share.default(0.4) }).prefault({}),
    /** Height of an eye's opening by its width. Open eyes came to 0.21 and more; closed ones were not tried. */
    eyesOpen: share.default(0.12),
    /** Share of the gradients that one more blur takes: rises with blur. Untouched portraits came to 0.66 and less. */
    reblur: z.strictObject({ retake: share.default(0.74), check: share.default(0.68) }).prefault({}),
    /** Laplacian energy for its contrast: falls with blur. Untouched portraits came to 3.8 and more. */
    nvol: z.strictObject({ retake: z.number().min(0).default(3.5), check: z.number().min(0).default(6) }).prefault({}),
    /** Mean light of the face. Good photos lie from 54 to 171, dark skin in soft light near the lower end. */
    dark: z.strictObject({ retake: light.default(38), check: light.default(48) }).prefault({}),
    /** Overlaps with good photos of fair skin: never a retake. */
    bright: light.default(205),
    /** Share of the seen background that has to have the colour. */
    background: share.default(0.85),
    /** Share of half-transparent pixels up to which the edge of a person is clean enough to replace what is behind. */
    soft: share.default(0.05),
    /** Share of the 2:3 cut that the photo does not show: the head touches the edge. */
    missing: share.default(0.06),
  })
  .prefault({})

/** How the office wants its portraits. `retake` is the stricter side of each limit. */
export const PortraitSchema = z
  .strictObject({
    background: z.enum(['ODD_RED', 'EVEN_RED']),
    foreignBackground: z.enum(['orange', 'red', 'blue']).default('orange'),
    /** Pixels of the finished portrait; its height is 1.5 times as many. 472 are 20 mm at 600 dpi. */
    width: z.int().min(200).max(2000).default(472),
    /** The finished JPEG is never larger. */
    kilobytes: z.int().min(20).max(5000).default(200),
    /** What the finished file is called for SIAK; `{ticket}` stands for the queue number. */
    fileName: z
      .string()
      .regex(/^[\w.{}-]{1,60}\.jpg$/, 'must be a file name as {ticket}_SIAK.jpg')
      .default('{ticket}_SIAK.jpg'),
    /** Crown to chin, as a share of the portrait's height. */
    headHeight: z.number().min(0.4).max(0.8).default(0.62),
    /** Where the eyes stand, as a share of the portrait's height from above. */
    eyeLine: z.number().min(0.3).max(0.55).default(0.42),
    /** What is put behind a person, as the printer needs it. */
    colours: z
      .strictObject({
        red: colour('#c8141e'),
        blue: colour('#1450b4'),
        orange: colour('#f08214'),
      })
      .prefault({}),
    limits,
  })
  .superRefine(({ limits: { head, yaw, reblur, nvol, dark } }, context) => {
    const wrong = {
      head: head.retake > head.check,
      yaw: yaw.retake < yaw.check,
      reblur: reblur.retake < reblur.check,
      nvol: nvol.retake > nvol.check,
      dark: dark.retake > dark.check,
    }
    for (const [name, isWrong] of Object.entries(wrong)) {
      if (isWrong) {
        context.addIssue({ code: 'custom', path: ['limits', name], message: 'retake must be stricter than check' })
      }
    }
  })

export type PortraitRules = z.infer<typeof PortraitSchema>

function colour(usual: string) {
  return z
    .string()
    .regex(/^#[0-9a-f]{6}$/, 'must be a colour as #c8141e')
    .default(usual)
}
