export type NameProblem = 'empty' | 'digits' | 'too-long' | 'too-many-words' | 'table-word'
/** Findings on a name that is taken all the same (older records keep their form). */
export type NameFinding = 'NAME_ONE_WORD' | 'NAME_APOSTROPHE' | 'NAME_DOT' | 'NAME_TITLE'
/** As typed, but ’ ` become ', spaces single, and an all lower case name gets capitals. A label `nama:` is taken off. */
export declare function parseName(
  typed: string,
): { ok: true; value: string; findings: readonly NameFinding[] } | { ok: false; problem: NameProblem }
