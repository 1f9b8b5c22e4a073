/** Calendar dates as `YYYY-MM-DD`, without a time zone: that is what certificates hold. */
export type DateProblem = 'none' | 'two-digit-year' | 'impossible'
/** Reads a whole typed date, day first: `1-7-2015`, `01/07/2015`, `01072015`, `1 Juli 2015`, `2015-07-01`. */
export declare function parseDate(typed: string): { ok: true; value: string } | { ok: false; problem: DateProblem }
/** `1 Juli 2015` */
export declare function formatDate(date: string): string
/** Completed years on `at`; negative before birth. */
export declare function ageAt(birthDate: string, at: string): number
/** The calendar date of an instant in an office's time zone. */
export declare function dateIn(timeZone: string, at: Date): string
export declare function addDays(date: string, days: number): string
/** Days from `from` to `to`. */
export declare function daysBetween(from: string, to: string): number
