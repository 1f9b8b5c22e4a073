import type { DocumentKind } from '../../models/application.ts'
/** File numbers count from 1 in the order the bot named them; pages of a kind in the order typed. */
export type FileLine =
  | { kind: 'places'; places: readonly { document: DocumentKind; files: readonly number[] }[] }
  /** TIDAK TAHU: the office sorts. */
  | { kind: 'unknown' }
  /** A file named twice, or a number beyond `count`. */
  | { kind: 'wrong'; twice: readonly number[]; beyond: readonly number[] }

/** `akta 1-2, KK 3, foto 6`; undefined where the message is no file line. */
export declare function readFileLine(text: string, count: number): FileLine | undefined
/** The document kind that a caption or a file name tells ("akta budi.pdf", "KTP ayah"), undefined where it tells none or two. */
export declare function documentKindOf(text: string): DocumentKind | undefined
