import type { Shot } from './camera.ts'
import { capitalPixels, drawShot, photograph, spoilt } from './camera.ts'
import type { Family } from './family.ts'
import { makeFamily } from './family.ts'
import type { Paper } from './paper.ts'
import { drawLook } from './paper.ts'
import { birthCertificate } from './papers/birth-certificate.ts'
import { childCard, eidCard } from './papers/cards.ts'
import { familyCard } from './papers/family-card.ts'
import { otherPaper } from './papers/others.ts'
import type { Split } from './seeds.ts'
import { FONTS } from './seeds.ts'
import { seeded } from './random.ts'

export type Legible = 'yes' | 'no' | 'between'
export type Sample = { seed: number; family: Family; paper: Paper; shot: Shot; legible: Legible; jpeg: Buffer }

const MAKERS = [familyCard, familyCard, familyCard, birthCertificate, birthCertificate, eidCard, childCard, otherPaper]

/**
 * The paper that a seed draws, photographed; `spoil`: so that nobody can read it. Kinds take turns by seed, so that a
 * run of seeds holds them all.
 */
export async function makeSample(split: Split, seed: number, spoil = false): Promise<Sample> {
  const random = seeded(seed)
  const family = makeFamily(random)
  const look = drawLook(random, FONTS[split])
  const make = MAKERS[seed % MAKERS.length] ?? familyCard
  const paper = await make(random, look, family)
  const drawn = drawShot(random)
  const shot = spoil ? spoilt(random, paper, drawn) : drawn
  return { seed, family, paper, shot, legible: legibility(paper, shot), jpeg: await photograph(random, paper, shot) }
}

/**
 * Whether the smallest line can be read, by how it was made and not by what any reader makes of it: letters of 10
 * pixels and a blur of an eighth of them are read without effort; under 6 pixels or with a quarter of blur they are not.
 */
function legibility(paper: Paper, shot: Shot): Legible {
  const capital = capitalPixels(paper, shot)
  const blur = shot.blur / capital
  if (capital < 6 || blur > 0.25) return 'no'
  return capital >= 10 && blur <= 0.125 ? 'yes' : 'between'
}
