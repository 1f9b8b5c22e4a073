/** A NIK or KK number as lists show it: `631106******0001`. Shorter texts are hidden whole. */
export function maskNumber(number: string): string {
  if (number.length !== 16) return '*'.repeat(number.length)
  return `${number.slice(0, 6)}******${number.slice(12)}`
}

/** A phone number as lists show it: `0812****3456`. Shorter ones are hidden whole. */
export function maskPhone(number: string): string {
  const local = number.replaceAll(/\D/g, '').replace(/^62/, '0')
  if (local.length < 9) return '*'.repeat(local.length)
  return `${local.slice(0, 4)}${'*'.repeat(local.length - 8)}${local.slice(-4)}`
}
/** Numbers of sixteen digits inside a text, masked as in lists. */
export function maskNumbers(text: string): string {
  return text.replaceAll(/(?<!\d)\d{16}(?!\d)/g, maskNumber)
}
