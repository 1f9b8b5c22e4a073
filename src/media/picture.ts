/** A decoded picture: three bytes a pixel (red, green, blue in sRGB), row after row, without padding. */
export type Picture = { data: Buffer; width: number; height: number }
