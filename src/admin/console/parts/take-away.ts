import { answerOf } from '../client/request.ts'

/** Puts `text` on the clipboard, also where the page came over plain http and the browser has no clipboard for it. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    area.style.position = 'fixed'
    area.style.opacity = '0'
    document.body.append(area)
    const focused = document.activeElement
    area.select()
    document.execCommand('copy')
    area.remove()
    if (focused instanceof HTMLElement) focused.focus()
  }
}

/** Asks for a file and hands it to the browser to be saved, under the name that the server gives it. */
export async function download(path: string, body: unknown): Promise<void> {
  const answer = await answerOf('POST', path, { type: 'application/json', bytes: JSON.stringify(body) })
  const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1]
  saveAs(URL.createObjectURL(await answer.blob()), name ?? 'unduhan')
}

/** Has the browser save what is read from `address`, under the server's name for it where none is given. */
export function saveFrom(address: string, name = ''): void {
  Object.assign(document.createElement('a'), { href: address, download: name }).click()
}

/** Hands what an object URL holds to the browser to be saved; the address is good no more. */
export function saveAs(url: string, name: string): void {
  saveFrom(url, name)
  URL.revokeObjectURL(url)
}
