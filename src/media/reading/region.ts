import type { Box } from '../../models/file/look.ts'
import type { Frame, Size } from '../../models/file/frame.ts'

/** What of a line lies around the core that the detector finds: it marks the middle of the letters only. */
const MARGIN = 0.4

export type Edges = { left: number; top: number; right: number; bottom: number }

export function withMargin(core: Frame): Frame {
  const more = 2 * MARGIN * core.height
  return { ...core, width: core.width + more, height: core.height + more }
}

/** The upright rectangle around a leaning one. */
export function hull({ x, y, width, height, angle }: Frame): Edges {
  const radians = (angle * Math.PI) / 180
  const [cos, sin] = [Math.abs(Math.cos(radians)), Math.abs(Math.sin(radians))]
  const across = (cos * width + sin * height) / 2
  const down = (sin * width + cos * height) / 2
  return { left: x - across, top: y - down, right: x + across, bottom: y + down }
}

/** Edges in pixels as shares of the picture, cut to it. Four places are a tenth of a pixel. */
export function boxIn({ width, height }: Size, edges: Edges): Box {
  const share = (pixels: number, of: number): number =>
    Math.round(Math.min(1, Math.max(0, pixels / of)) * 10_000) / 10_000
  const [x, y] = [share(edges.left, width), share(edges.top, height)]
  return { x, y, width: share(edges.right, width) - x, height: share(edges.bottom, height) - y }
}
