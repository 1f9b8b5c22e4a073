import fc from 'fast-check'

const NASTY = [
  '\u0000',
  '\u200b',
  '\u202e',
  '\ufeff',
  '\ud83d',
  '👍🏽',
  '३',
  '١',
  'İ',
  'ß',
  'ŉ',
  '̈',
  '\n',
  '\t',
  '{ticket}',
  '*',
  '$',
  '__proto__',
]

/** Any text at all: every code point, lone halves of a pair among them. Far cheaper to set up than unit `binary`. */
export function anyText(maxLength = 80): fc.Arbitrary<string> {
  const unit = fc.oneof(
    fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)),
    fc.integer({ min: 0, max: 0x10_ffff }).map((code) => String.fromCodePoint(code)),
    fc.constantFrom(...NASTY),
  )
  return fc.array(unit, { maxLength }).map((parts) => parts.join(''))
}
