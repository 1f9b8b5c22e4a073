import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useAct } from '../../client/case.ts'
import type { Case } from '../../client/case.ts'
import { newTransaction } from '../../client/request.ts'
import type { SaveFirst } from './photo-body.tsx'
import type { Editing } from './use-edit.ts'

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
