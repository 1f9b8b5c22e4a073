/** Pages of a file that are looked at; a picture has one. */
export const PAGES_LOOKED_AT = 12
/** Pages of a file that are drawn for operators; who sent more is looked at in the original. */
export const PAGES_SHOWN = 60

/** Id of the blob with one page of a file (1, 2 …) as a JPEG, in one of its two sizes. */
export function pageBlob(file: string, page: number, size: 'page' | 'thumbnail'): string {
  return `${file}-${size === 'page' ? 'page' : 'thumb'}-${page}`
}

/** Id of the blob with the portrait that is proposed in place of a file. */
export function proposalBlob(file: string): string {
  return `${file}-proposal`
}

/** Every blob that may have been made of a file: they go with it. */
export function derivedBlobs(file: string): string[] {
  const pages = Array.from({ length: PAGES_SHOWN }, (_, i) => i + 1)
  return [
    ...pages.flatMap((page) => [pageBlob(file, page, 'page'), pageBlob(file, page, 'thumbnail')]),
    proposalBlob(file),
  ]
}
