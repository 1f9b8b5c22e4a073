import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import type { PortraitEditView, PortraitView } from '../../../contract/portrait.ts'
import { useAct } from '../../client/case.ts'
import type { Case } from '../../client/case.ts'
import { newTransaction } from '../../client/request.ts'
import { cutOf, frameOf } from '../../../../models/file/frame.ts'
import { wholeFrame } from './frame.ts'
import type { Frame, Size } from './frame.ts'
import type { SaveFirst } from './photo-body.tsx'

type Background = PortraitEditView['background']
type Looks = { frame: Frame; brightness: number; background: Background }

export type Editing = {
  frame: Frame
  brightness: number
  background: Background
  /** As the server takes it. */
  edit: PortraitEditView
  /** Other than what is kept. */
  changed: boolean
  /** The very numbers that were proposed. */
  proposed: boolean
  change: (by: (frame: Frame) => Frame) => void
  light: (brightness: number) => void
  paint: (background: Background) => void
  /** Absent where nothing is proposed. */
  propose: (() => void) | undefined
  reset: () => void
}

/** What is not saved yet, by document: it outlives a look at the other files. `of`: the edit that it began from. */
const unsaved = new Map<string, { of: string; looks: Looks }>()

/** How the portrait is cut and lit, from what is kept, else what is proposed, else all of it. */
export function useEdit(view: PortraitView, document: string, picture: Size): Editing {
  const proposal = useMemo(() => proposalOf(view), [view])
  const begun = useMemo(() => looksOf(view.edit ?? proposal, picture), [view.edit, proposal, picture])
  const of = JSON.stringify(view.edit)
  const [own, setLooks] = useState(() => {
    const before = unsaved.get(document)
    return before?.of === of ? before.looks : undefined
  })
  const setOwn = (looks: Looks) => {
    unsaved.set(document, { of, looks })
    setLooks(looks)
  }
  const now = own ?? begun
  const edit = useMemo(() => editOf(now, picture), [now, picture])
  const whole = looksOf(null, picture)
  const change = (next: Partial<Looks>) => setOwn({ ...now, ...next })
  const same = (one: PortraitEditView | null) =>
    one !== null && JSON.stringify(editOf(looksOf(one, picture), picture)) === JSON.stringify(edit)
  return {
    ...now,
    edit,
    changed: !same(view.edit),
    proposed: same(proposal),
    change: (by) => change({ frame: by(now.frame) }),
    light: (brightness) => change({ brightness }),
    paint: (background) => change({ background }),
    propose: proposal ? () => setOwn(looksOf(proposal, picture)) : undefined,
    reset: () => setOwn(whole),
  }
}

/** What the machine proposes, and behind it the office's colour where the picture has another and the edge allows it. */
function proposalOf({ proposal, look, background }: PortraitView): PortraitEditView | null {
  if (!proposal || proposal.background !== undefined) return proposal
  const replace = look?.replaceable === true && look.background !== background.expected
  return replace ? { ...proposal, background: background.expected } : proposal
}

function looksOf(edit: PortraitEditView | null, picture: Size): Looks {
  return edit
    ? { frame: frameOf(edit, picture), brightness: edit.brightness, background: edit.background }
    : { frame: wholeFrame(picture), brightness: 1, background: undefined }
}
function editOf({ frame, brightness, background }: Looks, picture: Size): PortraitEditView {
  const { rotation, crop } = cutOf(frame, picture)
  const fine = (value: number) => Math.round(value * 1e5) / 1e5
  return {
    rotation: fine(rotation),
    crop: { x: fine(crop.x), y: fine(crop.y), width: fine(crop.width), height: fine(crop.height) },
    brightness: fine(brightness),
    ...(background === undefined ? {} : { background }),
  }
}

/** Keeps the edit as data; where it is kept already nothing is sent. */
export function useSaveEdit(shown: Case, document: string, editing: Editing): { save: SaveFirst; error: unknown } {
  const act = useAct(shown.id)
  const client = useQueryClient()
  const tried = useRef<{ key: string; transaction: string }>(undefined)
  const token = shown.claim?.token
  return {
    error: act.error,
    async save() {
      if (!editing.changed) return true
      if (token === undefined) return false
      const key = JSON.stringify(editing.edit)
      if (tried.current?.key !== key) tried.current = { key, transaction: newTransaction() }
      const { transaction: transactionId } = tried.current
      try {
        await act.mutateAsync({ act: 'edit-portrait', token, document, edit: editing.edit, transactionId })
        await client.invalidateQueries({ queryKey: ['portrait', shown.id] })
        return true
      } catch {
        return false
      }
    },
  }
}
