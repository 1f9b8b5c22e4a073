/**
 * Still pictures in HEVC (ITU-T H.265), Main Still Picture profile, intra only and lossless: every block is written as
 * its own samples (`pcm_flag`, clause 7.3.8.5), so that no encoder is needed, which nobody offers under a licence that
 * fits here. What a decoder gives back are the very samples.
 */

/** Planes in 4:2:0, 8 bits: `y` of width × height, `cb` and `cr` of half of each. Width and height are even. */
export type Planes = { width: number; height: number; y: Uint8Array; cb: Uint8Array; cr: Uint8Array }
export type HevcPicture = { parameterSets: readonly { type: number; nal: Buffer }[]; slice: Buffer }

/** Samples of a block's side: the largest that may be written as it is. */
const BLOCK = 32
const NAL = { idr: 19, vps: 32, sps: 33, pps: 34 } as const

export function encodeHevc(planes: Planes): HevcPicture {
  const vps = nal(NAL.vps, (bits) => {
    bits.put(4, 0).put(2, 3).put(6, 0).put(3, 0).put(1, 1).put(16, 0xffff)
    profile(bits)
    bits.put(1, 1).ue(0).ue(0).ue(0).put(6, 0).ue(0).put(2, 0).trail()
  })
  const sps = nal(NAL.sps, (bits) => sequence(bits, planes))
  const pps = nal(NAL.pps, (bits) => {
    bits.ue(0).ue(0).put(7, 0).ue(0).ue(0).ue(0).put(3, 0).ue(0).ue(0)
    // neither chroma offsets, weights, tiles nor wavefronts; no deblocking
    bits.put(7, 0).put(3, 0b101).put(2, 0).ue(0).put(2, 0).trail()
  })
  return {
    parameterSets: [
      { type: NAL.vps, nal: vps },
      { type: NAL.sps, nal: sps },
      { type: NAL.pps, nal: pps },
    ],
    slice: nal(NAL.idr, (bits) => {
      // the first slice, of kind I, at the quantiser 26
      bits.put(2, 0b10).ue(0).ue(2).ue(0).trail()
      blocks(bits, planes)
    }),
  }
}

/** general_profile_idc, its compatibility flags, constraints and level, as the container repeats them. */
export const PROFILE = { idc: 3, compatibility: 0x70000000, constraints: 0x90, level: 186 } as const

function profile(bits: Bits): void {
  bits.put(8, PROFILE.idc).put(32, PROFILE.compatibility).put(8, PROFILE.constraints).put(32, 0).put(8, 0)
  bits.put(8, PROFILE.level)
}

function sequence(bits: Bits, { width, height }: Planes): void {
  bits.put(4, 0).put(3, 0).put(1, 1)
  profile(bits)
  const [coded, high] = [padded(width), padded(height)]
  bits.ue(0).ue(1).ue(coded).ue(high)
  bits.put(1, 1).ue(0)
  bits.ue((coded - width) / 2).ue(0)
  bits.ue((high - height) / 2)
  // 8 bits, pictures counted in 4 bits, one picture
  bits.ue(0).ue(0).ue(0).put(1, 1).ue(0).ue(0).ue(0)
  // coding blocks of 32 alone, transform blocks of 4 to 32
  bits.ue(2).ue(0).ue(0).ue(3).ue(0).ue(0)
  // of the tools only samples as they are: 8 bits, blocks of 32, not filtered
  bits.put(3, 0).put(1, 1).put(4, 7).put(4, 7).ue(2).ue(0).put(1, 1)
  bits.ue(0).put(5, 0).trail()
}

/** rangeTabLps of the highest range (table 9-52) by state: part_mode, always 2N×2N, walks up through the states. */
const LEAST_PROBABLE = [
  240, 227, 216, 205, 195, 185, 175, 166, 158, 150, 142, 135, 128, 122, 116, 110, 104, 99, 94, 89, 85, 80, 76, 72, 69,
  65, 62, 59, 56, 53, 50, 48, 45, 43, 41, 39, 37, 35, 33, 31, 30, 28, 27, 26, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15,
  14, 14, 13, 12, 12, 11, 11, 10, 9,
] as const

/**
 * Each block: `end_of_slice_segment_flag` 0 of the one before, `part_mode`, `pcm_flag` 1, aligned samples. The
 * arithmetic coder begins anew after samples, so that those three always come to nine bits.
 */
function blocks(bits: Bits, { width, height, y, cb, cr }: Planes): void {
  let state = 0
  for (let top = 0; top < height; top += BLOCK) {
    for (let left = 0; left < width; left += BLOCK) {
      const range = (top + left === 0 ? 510 : 508) - LEAST_PROBABLE[state]!
      bits.put(9, (range - 2) | 1).align()
      state = Math.min(state + 1, LEAST_PROBABLE.length - 1)
      bits.block(y, { width, height }, { left, top, side: BLOCK })
      const half = { left: left / 2, top: top / 2, side: BLOCK / 2 }
      for (const plane of [cb, cr]) bits.block(plane, { width: width / 2, height: height / 2 }, half)
    }
  }
  bits.put(9, 508 | 1).align()
}

const padded = (size: number): number => Math.ceil(size / BLOCK) * BLOCK

function nal(type: number, write: (bits: Bits) => void): Buffer {
  const bits = new Bits()
  write(bits)
  return Buffer.concat([Buffer.from([type << 1, 1]), guarded(bits.bytes())])
}

/** Three bytes that look like a start code are kept apart by a 3 (clause 7.3.1.1). */
function guarded(payload: Buffer): Buffer {
  const out = Buffer.allocUnsafe(payload.length + Math.ceil(payload.length / 2))
  let [length, zeros] = [0, 0]
  for (const byte of payload) {
    if (zeros === 2 && byte <= 3) {
      out[length++] = 3
      zeros = 0
    }
    out[length++] = byte
    zeros = byte === 0 ? zeros + 1 : 0
  }
  return out.subarray(0, length)
}

class Bits {
  private readonly pieces: Buffer[] = []
  private held: number[] = []
  private byte = 0
  private free = 8

  put(count: number, value: number): this {
    for (let i = count - 1; i >= 0; i--) {
      this.free -= 1
      this.byte |= (Math.floor(value / 2 ** i) & 1) << this.free
      if (this.free > 0) continue
      this.held.push(this.byte)
      this.byte = 0
      this.free = 8
    }
    return this
  }
  /** Exp-Golomb; 0 is the same with a sign. */
  ue(value: number): this {
    const length = Math.floor(Math.log2(value + 1))
    return this.put(length, 0).put(length + 1, value + 1)
  }
  align(): this {
    return this.free === 8 ? this : this.put(this.free, 0)
  }
  trail(): this {
    return this.put(1, 1).align()
  }
  /** Samples of one plane, row by row; beyond its edge the last ones are repeated. Only where aligned. */
  block(
    plane: Uint8Array,
    { width, height }: { width: number; height: number },
    { left, top, side }: { left: number; top: number; side: number },
  ): void {
    const out = Buffer.allocUnsafe(side * side)
    for (let row = 0; row < side; row++) {
      const from = Math.min(top + row, height - 1) * width
      for (let column = 0; column < side; column++) {
        out[row * side + column] = plane[from + Math.min(left + column, width - 1)]!
      }
    }
    this.pieces.push(Buffer.from(this.held), out)
    this.held = []
  }
  bytes(): Buffer {
    return Buffer.concat([...this.pieces, Buffer.from(this.held)])
  }
}
