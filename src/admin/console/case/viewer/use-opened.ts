import { useState } from 'react'
import type { CaseDocument } from '../../client/case.ts'

type Side = 'left' | 'right'

/** `current` is the document that keys and buttons are about. */
export type Desk = { left: CaseDocument; right: CaseDocument | undefined; current: CaseDocument }

/** Which documents are on the desk: one, or two side by side; the active side is where the next one opens. */
export type Opened = {
  /** Undefined where there is no document at all. */
  desk: Desk | undefined
  active: Side
  open: (id: string) => void
  activate: (side: Side) => void
  /** Puts the next document beside the current one, or closes the right one. */
  compare: () => void
}

/** `first`: what is open before anything was chosen. */
export function useOpened(documents: readonly CaseDocument[], first: string | undefined): Opened {
  const [ids, setIds] = useState<{ left?: string; right?: string; active: Side }>({ active: 'left' })
  const find = (id: string | undefined) => documents.find((one) => one.id === id)
  const left = find(ids.left) ?? find(first) ?? documents[0]
  const right = find(ids.right)
  const active = right ? ids.active : 'left'
  return {
    desk: left && { left, right, current: active === 'right' && right ? right : left },
    active,
    open: (id) => setIds((now) => ({ ...now, active, [active]: id })),
    activate: (side) => setIds((now) => ({ ...now, active: side })),
    compare: () => {
      if (right) return setIds((now) => ({ ...(now.left === undefined ? {} : { left: now.left }), active: 'left' }))
      const at = documents.findIndex((one) => one.id === left?.id)
      const next = documents[(at + 1) % documents.length]
      if (next && next.id !== left?.id) {
        setIds({ ...(left ? { left: left.id } : {}), right: next.id, active: 'right' })
      }
    },
  }
}
