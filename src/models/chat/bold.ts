/**
 * What WhatsApp makes bold: `*word*` that stands by itself. Stars inside a word or a masked number are what they are.
 */
export const BOLD = /(?<![\p{L}\p{N}*])\*(?![\s*])([^*\n]+)(?<!\s)\*(?![\p{L}\p{N}*])/gu
