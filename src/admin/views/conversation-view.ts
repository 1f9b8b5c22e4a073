import { operatorNames } from '../../models/operator/operators.ts'
import { BOLD } from '../../models/chat/bold.ts'
import { schoolsByNpsn } from '../../models/school/schools.ts'
import type { ConversationItem, SaidView } from '../contract/conversation.ts'
import type { AdminDeps } from '../deps.ts'
import { given } from './given.ts'
import type { Said } from '../../models/chat/transcripts.ts'
import type { Operator } from '../../models/operator/operator.ts'
import type { ConversationRow } from '../conversations.ts'
import { maskNumbers } from './masking.ts'
import { onlyCounter } from '../rights.ts'

type Needs = Pick<AdminDeps, 'database' | 'sealer'>

const PREVIEW = 120

export const isSupervisor = (operator: Operator): boolean => operator.roles.includes('supervisor')

/** The last words in the list: of chats that wait or are the operator's own, since the others open with a reason. */
function listed(last: Said, operator: Operator, asked: unknown, takeover: ConversationRow['takeover']): string {
  const open = isSupervisor(operator) || asked !== undefined || takeover?.by === operator.id
  return open ? shown(preview(last), operator) : ''
}

/** The counter hands out cards and needs no number of sixteen digits. */
function shown(text: string, operator: Operator): string {
  return onlyCounter(operator) ? maskNumbers(text) : text
}
function preview({ text, files, kind }: Said): string {
  if (text !== undefined && text !== '') return text.replaceAll(BOLD, '$1').replaceAll(/\s+/g, ' ').slice(0, PREVIEW)
  return files.length > 0 ? `${files.length} berkas` : kind === undefined ? '' : 'Pesan lain'
}

/** Rows of the list, as this operator may see them. */
export async function conversationItems(
  deps: Needs,
  rows: readonly ConversationRow[],
  operator: Operator,
): Promise<ConversationItem[]> {
  const [schools, names] = await Promise.all([
    schoolsByNpsn(
      deps.database,
      rows.flatMap((row) => row.npsn ?? []),
    ),
    operatorNames(
      deps,
      rows.flatMap((row) => row.takeover?.by ?? []),
    ),
  ])
  return rows.map(({ id, channel, coordinator, npsn, lastAt, last, asked, takeover }) => ({
    id,
    channel,
    lastAt: lastAt.toISOString(),
    ...given({ coordinator }),
    ...(npsn === undefined ? {} : { school: { npsn, name: schools.get(npsn)?.name ?? npsn } }),
    ...(last && {
      last: { from: last.from, at: last.at.toISOString(), text: listed(last, operator, asked, takeover) },
    }),
    ...(asked && { asked: { since: asked.since.toISOString(), number: asked.number } }),
    ...(takeover && {
      takeover: {
        by: { id: takeover.by, name: names.get(takeover.by) ?? takeover.by },
        at: takeover.at.toISOString(),
        until: takeover.until.toISOString(),
      },
    }),
  }))
}

/** What was said, as this operator may see it. */
export async function saidViews(deps: Needs, all: readonly Said[], operator: Operator): Promise<SaidView[]> {
  const names = await operatorNames(
    deps,
    all.flatMap((one) => one.by ?? []),
  )
  return all.map(({ at, by, text, files, choices, ...one }) => ({
    ...one,
    at: at.toISOString(),
    ...(by === undefined ? {} : { by: { id: by, name: names.get(by) ?? by } }),
    ...(text === undefined ? {} : { text: shown(text, operator) }),
    ...(choices === undefined ? {} : { choices: [...choices] }),
    files: [...files],
  }))
}
