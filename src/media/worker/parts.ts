/** Loaded at first use, and only in the child: together they take more memory than all of the service. */
const LOADERS = {
  heic: () => import('../decode/heic.ts'),
  pdf: () => import('../decode/pdf.ts'),
  portrait: () => import('../portrait/portrait.ts'),
  reading: () => import('../reading/read-page.ts'),
}

/** What the child can do besides pictures of the usual kinds; a part may be missing where its package does not install. */
export type Part = keyof typeof LOADERS
export const PARTS = Object.keys(LOADERS) as readonly Part[]

/** The part is not installed on this platform, or does not load there. */
export class MissingPart extends Error {
  override readonly name = 'MissingPart'
  readonly part: Part
  constructor(part: Part, cause: unknown) {
    super(`the part ${part} does not load`, { cause })
    this.part = part
  }
}

/** The functions of a part. Throws `MissingPart`. */
export async function loadPart<P extends Part>(part: P): Promise<Awaited<ReturnType<(typeof LOADERS)[P]>>> {
  try {
    return (await LOADERS[part]()) as Awaited<ReturnType<(typeof LOADERS)[P]>>
  } catch (error) {
    throw new MissingPart(part, error)
  }
}

export async function missingParts(): Promise<Part[]> {
  const missing: Part[] = []
  for (const part of PARTS) {
    await loadPart(part).catch(() => missing.push(part))
  }
  return missing
}
