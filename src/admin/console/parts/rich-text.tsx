import { Fragment } from 'react'
import { BOLD } from '../../../models/chat/bold.ts'

/** `*bold*` in WhatsApp's style, as elements and never as HTML; everything else stays as it was written. */
export function RichText({ text }: { text: string }) {
  const pieces = text.split(BOLD)
  return pieces.map((piece, i) => (i % 2 === 1 ? <b key={i}>{piece}</b> : <Fragment key={i}>{piece}</Fragment>))
}
