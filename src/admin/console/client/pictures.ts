/**
 * Pictures that were fetched ahead, by case and address: the server forbids the browser's own cache to keep them. Each is
 * held as an element that has decoded it, so that another one shows it in the frame in which it is made.
 */
const held = new Map<string, Map<string, HTMLImageElement>>()

/** Where to read a picture from: memory where it was fetched ahead, else its address. */
export function pictureSource(application: string, address: string): string {
  return held.get(application)?.get(address)?.src ?? address
}

/** Width over height of a picture that was fetched ahead. */
export function pictureRatio(application: string, address: string): number | undefined {
  const picture = held.get(application)?.get(address)
  return picture && picture.naturalWidth / picture.naturalHeight
}

/** Fetches the pictures of `application` and lets go of those of all cases but it and `keep`. Failures are no matter. */
export async function fetchPictures(application: string, addresses: readonly string[], keep: string): Promise<void> {
  for (const [id, pictures] of held) {
    if (id === application || id === keep) continue
    for (const { src } of pictures.values()) URL.revokeObjectURL(src)
    held.delete(id)
  }
  if (held.has(application)) return
  const pictures = new Map<string, HTMLImageElement>()
  held.set(application, pictures)
  for (const address of addresses) {
    try {
      const answer = await fetch(address)
      if (!answer.ok) continue
      const picture = new Image()
      picture.src = URL.createObjectURL(await answer.blob())
      await picture.decode()
      pictures.set(address, picture)
    } catch {
      // shown from its address when the case is
    }
  }
}
