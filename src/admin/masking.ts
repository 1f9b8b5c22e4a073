/** A NIK or KK number as lists show it: `631106******0001`. Shorter texts are hidden whole. */
export function maskNumber(number: string): string {
  if (number.length !== 16) return '*'.repeat(number.length)
  return `${number.slice(0, 6)}******${number.slice(12)}`
}
