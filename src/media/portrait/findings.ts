import type { PortraitRules } from '../../config/portrait-schema.ts'
import type { Finding, Severity } from '../../models/application/findings.ts'
import type { Background, PortraitLook } from '../../models/file/look.ts'

type PortraitCode =
  | 'PORTRAIT_NO_FACE'
  | 'PORTRAIT_MANY_FACES'
  | 'PORTRAIT_FACE_SMALL'
  | 'PORTRAIT_LOW_RES'
  | 'PORTRAIT_TOO_CLOSE'
  | 'PORTRAIT_TURNED'
  | 'PORTRAIT_EYES_CLOSED'
  | 'PORTRAIT_BLURRED'
  | 'PORTRAIT_DARK'
  | 'PORTRAIT_BRIGHT'
  | 'PORTRAIT_BACKGROUND'
/** `detail` holds the measured `value` and the `limit` that it missed, both as numbers of the look. */
export type PortraitFinding = Finding & { code: PortraitCode }

/**
 * What keeps a photo from being a good portrait; none when nothing does. `heavy` is worth another photo, `check` is for
 * an operator, `note` is put right by the proposal. `expected` is the background of this birth year; without it the
 * background is not judged. Headgear is never judged. The bot's sentence for each has the name of its code.
 */
export function portraitFindings(look: PortraitLook, rules: PortraitRules, expected?: Background): PortraitFinding[] {
  const { limits } = rules
  const { face } = look
  if (!face) {
    // a profile, a mask, or a child as the model never saw one: somebody looks before anybody is asked again
    return [finding('PORTRAIT_NO_FACE', look.doubtful > 0 ? 'check' : 'heavy', look.doubtful, 0)]
  }
  const found = [
    many(look, limits),
    size(look, face, limits),
    look.missing > limits.missing && finding('PORTRAIT_TOO_CLOSE', 'check', look.missing, limits.missing),
    above('PORTRAIT_TURNED', Math.abs(face.yaw), limits.yaw),
    face.eyesOpen < limits.eyesOpen && finding('PORTRAIT_EYES_CLOSED', 'check', face.eyesOpen, limits.eyesOpen),
    // one sentence for both measures of blur, by the worse one
    worse(above('PORTRAIT_BLURRED', face.reblur, limits.reblur), below('PORTRAIT_BLURRED', face.nvol, limits.nvol)),
    below('PORTRAIT_DARK', face.mean, limits.dark),
    face.mean > limits.bright && finding('PORTRAIT_BRIGHT', 'check', face.mean, limits.bright),
    expected !== undefined && background(look, expected, limits.background),
  ].filter((one) => one !== false && one !== undefined)
  return face.confidence >= limits.sure ? found : found.map(milder)
}

type Limits = PortraitRules['limits']
type MeasuredFace = NonNullable<PortraitLook['face']>

function many({ faces, secondFace }: PortraitLook, { secondFace: limit }: Limits): PortraitFinding | undefined {
  if (faces < 2) return undefined
  return finding('PORTRAIT_MANY_FACES', secondFace >= limit ? 'heavy' : 'check', secondFace, limit)
}

/** A small picture was reduced on its way and is to be sent as a file; in a large one the child stands too far away. */
function size(
  look: PortraitLook,
  { headHeight }: MeasuredFace,
  { head, shortEdge }: Limits,
): PortraitFinding | undefined {
  const reduced = Math.min(look.width, look.height) < shortEdge
  return below(reduced ? 'PORTRAIT_LOW_RES' : 'PORTRAIT_FACE_SMALL', headHeight, head)
}

function background({ background: { colour, share }, replaceable }: PortraitLook, expected: Background, limit: number) {
  if (colour === expected) return undefined
  const severity = replaceable ? 'note' : colour === 'unknown' ? 'check' : 'heavy'
  return finding('PORTRAIT_BACKGROUND', severity, share, limit, { colour, expected })
}

type Pair = { retake: number; check: number }

function above(code: PortraitCode, value: number, { retake, check }: Pair): PortraitFinding | undefined {
  if (value < check) return undefined
  return value >= retake ? finding(code, 'heavy', value, retake) : finding(code, 'check', value, check)
}

function below(code: PortraitCode, value: number, { retake, check }: Pair): PortraitFinding | undefined {
  if (value >= check) return undefined
  return value < retake ? finding(code, 'heavy', value, retake) : finding(code, 'check', value, check)
}

function worse(one: PortraitFinding | undefined, other: PortraitFinding | undefined): PortraitFinding | undefined {
  return one?.severity === 'heavy' ? one : (other ?? one)
}

function milder(one: PortraitFinding): PortraitFinding {
  return one.severity === 'heavy' ? { ...one, severity: 'check' } : one
}

function finding(
  code: PortraitCode,
  severity: Severity,
  value: number,
  limit: number,
  more: Readonly<Record<string, string>> = {},
): PortraitFinding {
  return { code, severity, detail: { value: Math.round(value * 100) / 100, limit, ...more } }
}
