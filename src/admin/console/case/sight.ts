/** How one document is looked at: `zoom` 1 fits it in, `turned` in degrees clockwise, `page` from 1. */
export type Sight = { zoom: number; turned: number; page: number }

export const FIT: Sight = { zoom: 1, turned: 0, page: 1 }
export const ZOOM_STEP = 1.25
const LEAST = 0.5
const MOST = 8

export const zoomed = (sight: Sight, by: number): Sight => ({
  ...sight,
  zoom: Math.min(MOST, Math.max(LEAST, sight.zoom * by)),
})
export const rotated = (sight: Sight, by: 90 | -90): Sight => ({ ...sight, turned: sight.turned + by })
export const leafed = (sight: Sight, by: 1 | -1, pages: number): Sight => ({
  ...sight,
  page: Math.min(pages, Math.max(1, sight.page + by)),
})
