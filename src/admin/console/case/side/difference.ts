/** Which letters of `text` have no counterpart in `against`: case, blanks and marks count for nothing (Hunt 1976). */
export function strangers(text: string, against: string): readonly boolean[] {
  const [own, others] = [letters(text), letters(against)]
  // lengths of the longest common subsequence of what is left of both
  const common = Array.from({ length: own.length + 1 }, () => Array.from({ length: others.length + 1 }, () => 0))
  for (let i = own.length - 1; i >= 0; i--) {
    for (let j = others.length - 1; j >= 0; j--) {
      common[i]![j] =
        own[i]!.letter === others[j]!.letter
          ? common[i + 1]![j + 1]! + 1
          : Math.max(common[i + 1]![j]!, common[i]![j + 1]!)
    }
  }
  const strange = Array.from({ length: text.length }, () => false)
  for (let i = 0, j = 0; i < own.length;) {
    if (j < others.length && own[i]!.letter === others[j]!.letter) {
      i += 1
      j += 1
    } else if (j < others.length && common[i]![j + 1]! > common[i + 1]![j]!) j += 1
    else {
      strange[own[i]!.at] = true
      i += 1
    }
  }
  return strange
}

/** How many letters two texts differ by. */
export function lettersApart(one: string, other: string): number {
  const count = (marks: readonly boolean[]) => marks.filter(Boolean).length
  return Math.max(count(strangers(one, other)), count(strangers(other, one)))
}

const letters = (text: string) =>
  text
    .toUpperCase()
    .split('')
    .flatMap((letter, at) => (/[A-Z0-9]/.test(letter) ? [{ letter, at }] : []))
