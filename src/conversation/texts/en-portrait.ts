import type { portraitTexts } from './id-portrait.ts'

/** English gloss of the sentences about portraits. */
export const portraitGloss: Readonly<Record<keyof typeof portraitTexts, string>> = {
  PORTRAIT_NO_FACE:
    'No face is to be seen yet. Please take the photo from the front and from nearby, the face uncovered.',
  PORTRAIT_MANY_FACES: 'There is more than one face. Please take a photo of one pupil only.',
  PORTRAIT_FACE_SMALL: 'The face is too small. Please come closer: head and chest.',
  PORTRAIT_LOW_RES: 'The picture is too small. Please send the original as a document, not a forwarded one.',
  PORTRAIT_TOO_CLOSE: 'Head or shoulders are cut off. Please step back a little: head and chest.',
  PORTRAIT_TURNED: 'The face looks aside. Please look straight into the camera.',
  PORTRAIT_EYES_CLOSED: 'The eyes seem closed. Please take the photo with open eyes.',
  PORTRAIT_BLURRED: 'The photo is blurred. Please take it again in a bright place and hold the phone still.',
  PORTRAIT_DARK: 'The photo is too dark. Please take it in a bright place, the light from the front.',
  PORTRAIT_BRIGHT: 'The photo is too bright. Please avoid a lamp or the sun right in the face.',
  PORTRAIT_BACKGROUND: 'The background is not right yet. Please use a plain cloth or wall in {background}.',
}
