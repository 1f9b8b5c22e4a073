import type { QuarterTurn } from '../../models/file/look.ts'
import type { Picture } from '../picture.ts'
import { createDetector } from './detector.ts'
import type { Face } from './landmarks.ts'
import { createLandmarks } from './landmarks.ts'
import { turned } from './pixels.ts'

/** `turn`: degrees clockwise by which the picture was turned so that the faces stand upright. Largest face first. */
export type Faces = { picture: Picture; turn: QuarterTurn; faces: Face[]; doubtful: number }

/** Below, it is no face: cats and cups of coffee come to 0.02, the worst real portrait to 0.74. */
const A_FACE = 0.5
/** Between these the landmarks doubt: a full profile comes to 0.24. */
const DOUBTFUL = 0.1
/** More in one picture make no difference to what is said about it. */
const MOST = 8
/** A roll of 180° does not show in the eyes: where the mean certainty is less, the picture is tried upside down. */
const CERTAIN = 0.8

type Eyes = {
  detect: Awaited<ReturnType<typeof createDetector>>
  landmarks: Awaited<ReturnType<typeof createLandmarks>>
}
let eyes: Promise<Eyes> | undefined

async function loaded(): Promise<Eyes> {
  return { detect: await createDetector(), landmarks: await createLandmarks() }
}

/** Finds the faces of a picture and sets it upright by them. */
export async function findFaces(picture: Picture): Promise<Faces> {
  let best = await seen(picture, 0)
  if (best.certainty <= CERTAIN) {
    const upsideDown = await seen(await turned(picture, 180), 180)
    if (upsideDown.certainty > best.certainty) best = upsideDown
  }
  const quarters = Math.round((best.faces[0]?.roll ?? 0) / 90)
  if (quarters === 0) return best
  const turn = quarterTurn(best.turn - quarters * 90)
  const upright = await seen(await turned(picture, turn), turn)
  // a face that is lost by turning was better seen as it lay
  return upright.certainty > best.certainty / 2 ? upright : best
}

async function seen(picture: Picture, turn: QuarterTurn): Promise<Faces & { certainty: number }> {
  eyes ??= loaded()
  const { detect, landmarks } = await eyes
  const faces: Face[] = []
  let doubtful = 0
  for (const candidate of (await detect(picture)).slice(0, MOST)) {
    const face = await landmarks(picture, candidate)
    if (face.confidence > A_FACE) faces.push(face)
    else if (face.confidence > DOUBTFUL) doubtful += 1
  }
  faces.sort((a, b) => b.width * b.height - a.width * a.height)
  const sum = faces.reduce((all, face) => all + face.score * face.confidence, 0)
  return { picture, turn, faces, doubtful, certainty: sum / Math.max(1, faces.length) }
}

function quarterTurn(degrees: number): QuarterTurn {
  const turn = ((degrees % 360) + 360) % 360
  return turn === 90 || turn === 180 || turn === 270 ? turn : 0
}
