/** Words as they are compared: small letters without accents, apostrophes and dots; `M. Nu'man` → `m`, `numan`. */
export function foldedWords(text: string): string[] {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/['’‘`´ʼ]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** Whether each word of `asked` begins a word of `text`; false where nothing is asked. */
export function hasWords(text: string, asked: readonly string[]): boolean {
  const words = foldedWords(text)
  return asked.length > 0 && asked.every((one) => words.some((word) => word.startsWith(one)))
}
