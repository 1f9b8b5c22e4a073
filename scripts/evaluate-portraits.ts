/**
 * How often each verdict on a portrait is right: photos that are good portraits, and what happens to photos on the way.
 *
 *   node scripts/evaluate-portraits.ts FILE…
 *
 * Each file has to be one person, frontal and sharp. Prints, for each alteration, how many photos got which verdict.
 */
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { Sharp } from 'sharp'
import { PortraitSchema } from '../src/config/portrait-schema.ts'
import { portraitFindings } from '../src/media/portrait/findings.ts'
import { lookAtPortrait } from '../src/media/portrait/look.ts'
import { renderPortrait } from '../src/media/portrait/render.ts'
import type { Picture } from '../src/media/picture.ts'
import { decodedPicture, pixelsOf, sentPicture } from '../src/media/sharp.ts'
import type { Background, PortraitLook } from '../src/models/file/look.ts'

const rules = PortraitSchema.parse({ background: 'ODD_RED' })
type Photo = { picture: Picture; look: PortraitLook }
/** `expects`: the finding that has to come; none where nothing is wrong with the photo. */
type Alteration = { name: string; expects?: string; expected?: Background; alter: (photo: Photo) => Promise<Picture> }

const changed = (change: (image: Sharp, photo: Photo) => Sharp) => async (photo: Photo) =>
  pixelsOf(change(decodedPicture(photo.picture), photo))
const encoded =
  (change: (image: Sharp) => Sharp) =>
  async ({ picture }: Photo) =>
    pixelsOf(sentPicture(await change(decodedPicture(picture)).toBuffer()))
/** Blur by `sigma` pixels of a face that is 130 px wide: on larger ones as much more. */
const blurred = (sigma: number) =>
  changed((image, { look, picture }) => image.blur((sigma * look.face!.box.width * picture.width) / 130))
const before =
  (background: Background) =>
  async ({ picture, look }: Photo) =>
    pixelsOf(sentPicture(await renderPortrait(picture, { ...look.proposal!, background }, rules)))

const ALTERATIONS: readonly Alteration[] = [
  { name: 'as it is', alter: ({ picture }) => Promise.resolve(picture) },
  { name: 'JPEG quality 60', alter: encoded((image) => image.jpeg({ quality: 60 })) },
  { name: 'turned by 90°', alter: changed((image) => image.rotate(90)) },
  { name: 'turned by 180°', alter: changed((image) => image.rotate(180)) },
  { name: 'leaning by 12°', alter: changed((image) => image.rotate(12, { background: '#b9b4aa' })) },
  { name: 'before red', expected: 'red', alter: before('red') },
  { name: 'before blue', expected: 'blue', alter: before('blue') },
  { name: 'blue where red is asked', expected: 'red', expects: 'PORTRAIT_BACKGROUND', alter: before('blue') },
  {
    name: 'own wall where red is asked',
    expected: 'red',
    expects: 'PORTRAIT_BACKGROUND',
    alter: ({ picture }) => Promise.resolve(picture),
  },
  { name: 'blurred, σ 1.5', expects: 'PORTRAIT_BLURRED', alter: blurred(1.5) },
  { name: 'blurred, σ 3', expects: 'PORTRAIT_BLURRED', alter: blurred(3) },
  { name: 'a fifth of the light', expects: 'PORTRAIT_DARK', alter: changed((image) => image.linear(0.2)) },
  {
    name: 'thumbnail of 160 px',
    expects: 'PORTRAIT_LOW_RES',
    alter: changed((image) => image.resize(160, 160, { fit: 'inside' })),
  },
  {
    name: 'two people',
    expects: 'PORTRAIT_MANY_FACES',
    alter: async ({ picture: { data, width, height } }) => {
      const twice = Buffer.concat([data, data])
      return { data: twice, width, height: height * 2 }
    },
  },
]

const photos: Photo[] = []
for (const file of process.argv.slice(2)) {
  const picture = await pixelsOf(
    sentPicture(await readFile(file))
      .autoOrient()
      .flatten({ background: '#ffffff' }),
  )
  const look = await lookAtPortrait(picture, rules)
  if (!look.proposal) throw new Error(`${file}: no face`)
  photos.push({ picture, look })
}
sharp.cache(false)
console.log(
  `${photos.length} photos\n\n| alteration | retake | operator | noted | other retakes |\n|---|---|---|---|---|`,
)
for (const { name, expects, expected, alter } of ALTERATIONS) {
  const count = { heavy: 0, check: 0, note: 0 }
  const others: string[] = []
  for (const photo of photos) {
    const findings = portraitFindings(await lookAtPortrait(await alter(photo), rules), rules, expected)
    const found = findings.find(({ code }) => code === expects)
    if (found) count[found.severity] += 1
    others.push(...findings.filter((one) => one !== found && one.severity === 'heavy').map(({ code }) => code))
  }
  const told = expects === undefined ? ['', '', ''] : [count.heavy, count.check, count.note]
  console.log(`| ${name} | ${told.join(' | ')} | ${others.join(', ')} |`)
}
