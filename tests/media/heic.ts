import { readFile } from 'node:fs/promises'

/**
 * A HEIC of 320 × 240 as x265 makes it: red and green above, blue and yellow below. Made once with
 * `heif-enc -q 40` of Debian's libheif-examples, since no package at hand encodes HEVC; it has the prediction and
 * transforms that those of set/heic.ts do without.
 */
export function quarters(): Promise<Buffer> {
  return readFile(new URL('./fixtures/quarters.heic', import.meta.url))
}

/** The same as phones write it when held upright: the picture lies, and an `irot` property turns it (ISO/IEC 23008-12). */
export function turnedByProperty(heic: Buffer, quarterTurnsAnticlockwise: 1 | 2 | 3): Buffer {
  const irot = Buffer.from([0, 0, 0, 9, ...Buffer.from('irot', 'latin1'), quarterTurnsAnticlockwise])
  const ipco = boxAt(heic, 'ipco')
  const ipma = boxAt(heic, 'ipma')
  const properties = childrenOf(heic, ipco.start + 8, ipco.end)
  // full box, count of entries, then the item's id and the number of its properties
  const countAt = ipma.start + 12 + 4 + 2
  const turned = Buffer.concat([
    heic.subarray(0, ipco.end),
    irot,
    heic.subarray(ipco.end, ipma.end),
    Buffer.from([0x80 | (properties + 1)]),
    heic.subarray(ipma.end),
  ])
  turned.writeUInt8(heic.readUInt8(countAt) + 1, countAt + irot.length)
  const grow = (at: number, by: number) => turned.writeUInt32BE(turned.readUInt32BE(at) + by, at)
  grow(ipco.start, irot.length)
  grow(ipma.start + irot.length, 1)
  grow(boxAt(heic, 'iprp').start, irot.length + 1)
  grow(boxAt(heic, 'meta').start, irot.length + 1)
  // the only item's extent: after sizes (2), count (2), id (2), reference (2), base (4) and extent count (2)
  grow(boxAt(heic, 'iloc').start + 12 + 2 + 2 + 2 + 2 + 4 + 2, irot.length + 1)
  return turned
}

/** A header that claims another size; what is in the file stays. */
export function claiming(heic: Buffer, width: number, height: number): Buffer {
  const copy = Buffer.from(heic)
  const { start } = boxAt(copy, 'ispe')
  copy.writeUInt32BE(width, start + 12)
  copy.writeUInt32BE(height, start + 16)
  return copy
}

function boxAt(heic: Buffer, type: string): { start: number; end: number } {
  const start = heic.indexOf(type, 0, 'latin1') - 4
  if (start < 0) throw new Error(`the HEIC has no ${type}`)
  return { start, end: start + heic.readUInt32BE(start) }
}

function childrenOf(heic: Buffer, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at += heic.readUInt32BE(at)) count += 1
  return count
}
