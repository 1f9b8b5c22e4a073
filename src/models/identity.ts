/** Identity numbers of Indonesian civil registration. Format only: whether a number is *padan* is seen in SIAK by staff. */

/** Why a typed NIK or KK number cannot be one. `digits` is how many came; 0 means that the text holds none. */
export type NumberProblem =
  | { kind: 'length'; digits: number }
  | { kind: 'not-a-date' }
  | { kind: 'serial-zero' }
  /** `6.3E+15`: Excel has thrown digits away. */
  | { kind: 'excel' }
export type Sex = 'male' | 'female'
/** `birthDates` are the real calendar dates the number may mean, earlier century first: none for 31 February. */
export type Nik = { nik: string; sex: Sex; area: string; birthDates: readonly string[] }

export declare function parseNik(typed: string): { ok: true; value: Nik } | { ok: false; problem: NumberProblem }
export declare function parseFamilyCardNumber(
  typed: string,
): { ok: true; value: string } | { ok: false; problem: NumberProblem }
/** The NIK's birth date where it gives an age of 0 to 16 on `today` (YYYY-MM-DD); undefined where it does not. */
export declare function plausibleBirthDate(nik: string, today: string): string | undefined
/** True where the NIK's six date digits are those of `birthDate` (YYYY-MM-DD), with the +40 of girls. */
export declare function nikAgreesWith(nik: string, birthDate: string): boolean
/** A NIK of day 31 or less may be a KK number: those know no +40. */
export declare function mayBeFamilyCardNumber(nik: string): boolean
/** `631106******0001` */
export declare function maskNik(nik: string): string
/** `6281250123456`, or undefined where it is no Indonesian mobile number. */
export declare function parsePhone(typed: string): string | undefined
export declare function parseCertificateNumber(
  typed: string,
): { ok: true; value: string; legacy: boolean } | { ok: false; problem: 'blank-serial' | 'not-a-number' }
