import { problemOf } from './request.ts'

/** Pictures that were fetched ahead, by case and address: the server forbids the browser's own cache to keep them. */
const held = new Map<string, Map<string, string>>()

/** Where to read a picture from: memory where it was fetched ahead, else its address. */
export function pictureSource(application: string, address: string): string {
  return held.get(application)?.get(address) ?? address
}

/** Fetches the pictures of `application` and lets go of those of all cases but it and `keep`. Failures are no matter. */
export async function fetchPictures(application: string, addresses: readonly string[], keep: string): Promise<void> {
  for (const [id, pictures] of held) {
    if (id === application || id === keep) continue
    for (const url of pictures.values()) URL.revokeObjectURL(url)
    held.delete(id)
  }
  if (held.has(application)) return
  const pictures = new Map<string, string>()
  held.set(application, pictures)
  for (const address of addresses) {
    try {
      const answer = await fetch(address)
      if (answer.ok) pictures.set(address, URL.createObjectURL(await answer.blob()))
    } catch {
      // shown from its address when the case is
    }
  }
}

/** A picture that the server draws from `body`. Throws `ApiProblem`, and what ends the call where `signal` does. */
export async function drawPicture(address: string, body: unknown, signal: AbortSignal): Promise<Blob> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  })
  if (!answer.ok) throw await problemOf(answer)
  return answer.blob()
}
