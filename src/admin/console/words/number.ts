/** `1.121`, `0,8`: as the office writes numbers. */
export const number = (value: number, digits = 0): string =>
  value.toLocaleString('id-ID', { minimumFractionDigits: digits, maximumFractionDigits: digits })
