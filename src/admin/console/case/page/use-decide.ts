import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { ApplicationList } from '../../../contract/application.ts'
import { useAct } from '../../client/case.ts'
import type { Act, Case } from '../../client/case.ts'
import { useTransactions } from '../../client/queries.ts'
import { isProblem, request } from '../../client/request.ts'
import { isClaimStage } from '../../client/rights.ts'
import { useUndo } from '../../shell/undo.tsx'
import { aheadOf, useTakeNext } from '../../waiting/waiting.ts'
import { stageName } from '../../words/stage.ts'
import { dropDraft } from './draft.ts'

export type Decide = {
  approve: (skipPhoto: boolean) => void
  sendBack: (reasons: readonly string[], note: string) => void
  reject: (note: string) => void
  release: (reason: string) => void
  /** An act that leaves the case on the screen; `done` closes its panel. */
  stay: (act: Act, told: string, done: () => void) => void
  next: () => void
  busy: boolean
  /** My own act has ended the claim: it is not lost. */
  leaving: boolean
  error: unknown
  told: string
}

/**
 * The acts of a case. After a decision the next case of the stage opens behind the bar that can take it back. One that
 * was claimed ahead shows (`onNext`) while the decision is on its way; where that fails, a bar leads back.
 */
export function useDecide(shown: Case, onNext: (id: string) => void): Decide {
  const act = useAct(shown.id)
  const takeNext = useTakeNext()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { offer, miss } = useUndo()
  const transactionOf = useTransactions()
  /** The revision that I have decided and am leaving. */
  const [left, setLeft] = useState<number>()
  const [told, setTold] = useState('')
  const ticket = shown.ticket ?? ''
  const token = shown.claim?.token
  // an undo that is faster than the way to the next case gives the claim back: keys hold again at once
  const leaving = left !== undefined && !(token !== undefined && shown.rev > left)

  const ahead = () => {
    const others = client.getQueryData<ApplicationList>(['claims'])?.items.filter((one) => one.id !== shown.id) ?? []
    // what a supervisor has given me comes first: its lease is running
    if (others.some((one) => one.history.at(-1)?.action === 'reassign')) return undefined
    const one = aheadOf(others, Date.now())
    return one?.stage === shown.stage ? one : undefined
  }
  const show = (one: Case) => {
    client.setQueryData<Case>(['case', one.id], one)
    onNext(one.id)
  }
  /** What was claimed ahead shows at once; else what I hold already; then the next of this stage; then the queue. */
  const next = async () => {
    const one = ahead()
    if (one) return show(one)
    // taken back meanwhile: the operator is where they want to be
    const stays = () => client.getQueryData<Case>(['case', shown.id])?.claim?.token !== undefined
    try {
      const { items } = await request<ApplicationList>('GET', '/api/claims')
      const held = items.find((one) => one.id !== shown.id)
      if (stays()) return setLeft(undefined)
      const taken = held ?? (isClaimStage(shown.stage) ? await takeNext.mutateAsync([shown.stage]) : undefined)
      if (stays()) return setLeft(undefined)
      void navigate(taken ? `/berkas/${taken.id}` : `/antrean?tahap=${shown.stage}`, { replace: true })
    } catch {
      void navigate(`/antrean?tahap=${shown.stage}`, { replace: true })
    }
  }

  const decision = async (
    body: { action: 'approve' | 'return' | 'reject'; skip?: ['photo']; reasons?: string[]; note?: string },
    words: (changed: Case) => string,
  ) => {
    if (token === undefined || act.isPending || leaving) return
    const transaction = transactionOf(JSON.stringify(body))
    const shownNext = ahead()
    // in a task of its own: what is drawn in the key's own task is drawn together with all its effects
    if (shownNext) setTimeout(() => show(shownNext))
    else setLeft(shown.rev)
    try {
      const changed = await act.mutateAsync({ act: 'decisions', token, transactionId: transaction, ...body })
      dropDraft(shown.id)
      offer({ application: shown.id, ticket, transaction, words: words(changed) })
      if (!shownNext) void next()
    } catch (error) {
      setLeft(undefined)
      const why = isProblem(error, 'offline') ? 'Belum terkirim, sambungan terputus.' : (error as Error).message
      setTold(why)
      if (shownNext) miss({ application: shown.id, ticket, why })
    }
  }

  return {
    approve: (skipPhoto) =>
      void decision(
        { action: 'approve', ...(skipPhoto ? { skip: ['photo'] as ['photo'] } : {}) },
        (changed) => `${ticket} disetujui, ke ${stageName[changed.stage]}`,
      ),
    sendBack: (reasons, note) =>
      void decision(
        { action: 'return', reasons: [...reasons], ...(note === '' ? {} : { note }) },
        () => `${ticket} dikembalikan, ${reasons.length} alasan`,
      ),
    reject: (note) =>
      void decision({ action: 'reject', ...(note === '' ? {} : { note }) }, (changed) =>
        changed.stage === 'rejected'
          ? `${ticket} ditolak, sekolah diberi tahu`
          : `${ticket} diusulkan ditolak, ke penyelia`,
      ),
    release: (reason) => {
      if (token === undefined || act.isPending) return
      setLeft(shown.rev)
      act.mutate(
        { act: 'release', token, reason },
        {
          onSuccess: () => {
            void client.invalidateQueries({ queryKey: ['claims'] })
            void navigate(`/antrean?tahap=${shown.stage}`, { replace: true })
          },
          onError: () => setLeft(undefined),
        },
      )
    },
    stay: (what, words, done) =>
      act.mutate(what, {
        onSuccess: () => {
          // what was begun of a decision stays typed where the case stays mine
          if (what.act !== 'correct' && what.act !== 'notes') dropDraft(shown.id)
          setTold(words)
          done()
        },
      }),
    next: () => void next(),
    busy: act.isPending,
    leaving,
    error: act.error,
    told,
  }
}
