import sharp from 'sharp'
import type { Look, TextStyle } from './paper.ts'
import { text } from './paper.ts'

/** Of one line as it is drawn, in the units of the paper; what strangers send is decoded with drawings blocked. */
export async function widthOf(look: Look, value: string, style: TextStyle): Promise<number> {
  sharp.unblock({ operation: ['VipsForeignLoadSvgBuffer'] })
  const [width, height] = [Math.ceil(style.size * (value.length + 2)), style.size * 3]
  const line = text({ ...look, ink: '#000' }, value, style.size, style.size * 2, style)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${line}</svg>`
  const { info } = await sharp(Buffer.from(svg)).trim().toBuffer({ resolveWithObject: true })
  return info.width
}
