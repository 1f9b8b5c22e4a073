import type { PortraitView } from '../../../contract/portrait.ts'
import { lacksBackground } from '../../../../models/file/look.ts'
import type { Severity } from '../../parts/marks.tsx'
import { slant } from './frame.ts'
import type { Size } from './frame.ts'
import type { Editing } from './use-edit.ts'

/** One line of what was looked at: a severity where somebody should look, `ok` where it is as it should be. */
type Check = { key: string; state: Severity | 'ok'; text: string; hint?: string; measure?: string }

/** A head that is higher or lower by so much is still what the office wants. */
const HEAD_MARGIN = 0.08
const STRAIGHT = 2
const FRONTAL = 0.4

/** What the machine measured, held against the cut as it is now. */
export function checksOf(view: PortraitView, editing: Editing, picture: Size): readonly Check[] {
  const { look, proposal, output, background } = view
  if (!look) return [{ key: 'none', state: 'note', text: 'Foto ini belum diperiksa mesin' }]
  const { face } = look
  if (look.faces === 0 || !face) return [{ key: 'faces', state: 'heavy', text: 'Wajah tidak ditemukan' }]
  const { frame } = editing
  const head = (face.headHeight * picture.height) / frame.height
  const leaning = slant(face.roll - frame.angle)
  const light = proposal?.brightness ?? 1
  const percent = (share: number) => `${Math.round(share * 100)}%`
  const headFits = Math.abs(head - output.headHeight) <= HEAD_MARGIN
  return [
    ...(look.faces > 1 ? [{ key: 'faces', state: 'check' as const, text: `${look.faces} wajah dalam foto` }] : []),
    light === 1
      ? { key: 'light', state: 'ok', text: 'Terang cukup' }
      : {
          key: 'light',
          state: 'check',
          text: light > 1 ? 'Agak gelap' : 'Terlalu terang',
          hint: `Usulan: kecerahan ${signed(lightPercent(light))}`,
        },
    backgroundCheck(look, editing.background, background.expected),
    {
      key: 'head',
      state: headFits ? 'ok' : 'check',
      text: `Tinggi kepala ${percent(head)}`,
      measure: `${percent(output.headHeight - HEAD_MARGIN)}–${percent(output.headHeight + HEAD_MARGIN)}`,
    },
    {
      key: 'roll',
      state: Math.abs(leaning) <= STRAIGHT ? 'ok' : 'check',
      text: Math.abs(leaning) <= STRAIGHT ? 'Mata mendatar' : 'Mata miring',
      measure: `diputar ${degrees(-slant(frame.angle))}`,
    },
    Math.abs(face.yaw) < FRONTAL
      ? { key: 'yaw', state: 'ok', text: look.faces === 1 ? 'Satu wajah, menghadap depan' : 'Menghadap depan' }
      : { key: 'yaw', state: 'check', text: 'Wajah menoleh' },
  ]
}

function backgroundCheck(
  look: NonNullable<PortraitView['look']>,
  painted: Editing['background'],
  expected: PortraitView['background']['expected'],
): Check {
  const key = 'background'
  if (lacksBackground(expected, { painted, seen: look.background })) {
    return { key, state: 'heavy', text: 'Latar tidak sesuai aturan kantor' }
  }
  if (painted === undefined) {
    return look.background === expected
      ? { key, state: 'ok', text: 'Latar sesuai aturan kantor' }
      : { key, state: 'check', text: 'Latar tidak jelas', hint: 'Bandingkan sendiri dengan aturan kantor.' }
  }
  return look.replaceable
    ? { key, state: 'note', text: 'Latar diganti, lihat tepi rambut' }
    : { key, state: 'check', text: 'Tepi rambut kurang jelas', hint: 'Latar yang diganti mungkin kasar.' }
}

/** Brightness as people set it: +18 is 1.18 times the light. */
export const lightPercent = (brightness: number): number => Math.round((brightness - 1) * 100)
export const signed = (value: number): string => (value > 0 ? `+${value}` : value < 0 ? `−${Math.abs(value)}` : '0')
/** `−2,5°` */
export const degrees = (value: number): string => {
  const text = Math.abs(value).toLocaleString('id-ID', { maximumFractionDigits: 1 })
  return `${value < 0 && text !== '0' ? '−' : ''}${text}°`
}
