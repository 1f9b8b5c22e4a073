import { Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { keepFocus } from './kept-focus.ts'

/** A dialog, open while it is there; who leaves it is back where they opened it. */
export function Dialog(props: { title: string; onClose: () => void; children: ReactNode }) {
  // Mantine gives back only what it has seen opening, and this is open from its first drawing on
  const [giveBack] = useState(keepFocus)
  useEffect(() => giveBack, [giveBack])
  return (
    <Modal opened onClose={props.onClose} title={props.title}>
      {props.children}
    </Modal>
  )
}
