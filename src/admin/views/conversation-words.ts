import type { Said } from '../../models/chat/transcripts.ts'
import type { Operator } from '../../models/operator/operator.ts'
import type { ConversationRow } from '../conversations.ts'
import { maskNumbers } from './masking.ts'
import { onlyCounter } from '../rights.ts'

const PREVIEW = 120

export const isSupervisor = (operator: Operator): boolean => operator.roles.includes('supervisor')

/** The last words in the list: of chats that wait or are the operator's own, since the others open with a reason. */
export function listed(last: Said, operator: Operator, asked: unknown, takeover: ConversationRow['takeover']): string {
  const open = isSupervisor(operator) || asked !== undefined || takeover?.by === operator.id
  return open ? shown(preview(last), operator) : ''
}

/** The counter hands out cards and needs no number of sixteen digits. */
export function shown(text: string, operator: Operator): string {
  return onlyCounter(operator) ? maskNumbers(text) : text
}
function preview({ text, files, kind }: Said): string {
  if (text !== undefined && text !== '')
    return text
      .replaceAll(/\*([^*\n]+)\*/g, '$1')
      .replaceAll(/\s+/g, ' ')
      .slice(0, PREVIEW)
  return files.length > 0 ? `${files.length} berkas` : kind === undefined ? '' : 'Pesan lain'
}
