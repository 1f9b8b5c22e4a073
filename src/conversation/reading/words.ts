export type AnswerClass = 'YES' | 'NO' | 'NONE' | 'LATER' | 'ON' | 'COURTESY'
/** `MIXED`: YES together with NO, ask again. `value`: what stands behind a NO ("bukan, 21-11-2015"); it wins. */
export type ClassReading = { class: AnswerClass | 'MIXED'; value?: string }
export type GlobalWord =
  | 'MENU'
  | 'AJUKAN'
  | 'KEMBALI'
  | 'BATAL'
  | 'STATUS'
  | 'DRAF'
  | 'PERBAIKI'
  | 'PENGADUAN'
  | 'PETUGAS'
  | 'BERHENTI'
  | 'MULAI'
  | 'BANTUAN'
export type GlobalReading = { word: GlobalWord; ticket?: string; note?: string }

/** Lower case, no emoji, no end marks, drawn-out letters shortened, single spaces. Fillers stay. */
export declare function normalise(text: string): string
/** The words of a message without fillers (bu pak min kak aja deh tolong mau …). */
export declare function wordsOf(text: string): readonly string[]
/** A global word as the whole message; STATUS, PERBAIKI, BATAL may carry a ticket, PETUGAS a note. `/start` is MENU. */
export declare function readGlobal(text: string): GlobalReading | undefined
/** Telegram's `/start CODE`: an invitation code. */
export declare function startPayload(text: string): string | undefined
/** Up to four words of one class. At a yes/no question BELUM words are NO and ON words YES (`yesNo`). */
export declare function readClass(text: string, options?: { yesNo?: boolean }): ClassReading | undefined
/** True where the whole message is this word or phrase (KIRIM, LAGI, TIDAK TAHU, YA BATAL), one wrong letter forgiven. */
export declare function saysWord(text: string, word: string): boolean
/** `3`, `yg 3`, `3 sdh sesuai`, `nomor 3.` → 3. Two different numbers, or one out of 1…max: undefined. */
export declare function readNumber(text: string, max: number): number | undefined
/** By number, by button value, or by the words of one label. */
export declare function readChoice(
  text: string,
  choices: readonly { value: string; label: string; words?: readonly string[] }[],
): string | undefined
/** `UBAH`, `UBAH 4`, `ubah kelas`, `4`: which line of the card; `line` undefined for a bare UBAH. */
export declare function readChange(
  text: string,
  lines: readonly { value: string; words: readonly string[] }[],
): { line: string | undefined } | undefined
/** The time of day or salam of a greeting, to be returned; undefined where the message does not greet. */
export declare function readGreeting(text: string): 'salam' | 'pagi' | 'siang' | 'sore' | 'malam' | 'halo' | undefined
