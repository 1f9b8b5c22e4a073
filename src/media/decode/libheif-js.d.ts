// What is used of the package, which brings no types: https://github.com/catdad-experiments/libheif-js
declare module 'libheif-js/wasm-bundle.js' {
  type Pixels = { data: Uint8ClampedArray; width: number; height: number }
  class HeifImage {
    get_width(): number
    get_height(): number
    is_primary(): boolean
    /** Fills `pixels` with RGBA; calls back with null where the picture is broken. */
    display(pixels: Pixels, done: (pixels: Pixels | null) => void): void
    free(): void
  }
  class HeifDecoder {
    /** Empty where nothing can be read. Reads headers only, and frees what the call before has read. */
    decode(bytes: Uint8Array): HeifImage[]
  }
  const libheif: { HeifDecoder: typeof HeifDecoder }
  export default libheif
}
