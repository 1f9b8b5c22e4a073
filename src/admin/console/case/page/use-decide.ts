import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import type { ApplicationList } from '../../../contract/application.ts'
import type { DecisionBody } from '../../../contract/decision.ts'
import { useAct, useTakeBack } from '../../client/case.ts'
import type { Act, Case } from '../../client/case.ts'
import { deeds, UndoFailed } from '../../client/deeds.ts'
import type { Offered } from '../../client/deeds.ts'
import { isProblem, newTransaction, request } from '../../client/request.ts'
import { isClaimStage } from '../../client/rights.ts'
import { useGo } from '../../shell/go.tsx'
import { useOffer } from '../../shell/undo.tsx'
import { aheadOf, useTakeNext } from '../../waiting/waiting.ts'
import { stageName } from '../../words/stage.ts'
import { dropDraft } from './draft.ts'

export type Decide = {
  /** `despite`: the doubts that the operator has confirmed. */
  approve: (skipPhoto: boolean, despite?: readonly string[]) => void
  sendBack: (reasons: readonly string[], note: string) => void
  reject: (note: string) => void
  release: (reason: string) => void
  /** An act that leaves the case on the screen; `done` closes its panel. `undone`: what the bar says, if it can be taken back. */
  stay: (act: Act, told: string, done: () => void, undone?: string) => void
  next: () => void
  busy: boolean
  /** My own act has ended the claim: it is not lost. */
  leaving: boolean
  error: unknown
  told: string
}

/**
 * The acts of a case. After a decision the next case of the stage opens behind the bar that can take it back. One that
 * was claimed ahead shows while the decision is on its way; where that fails, a bar leads back. `onBack`: a decision was
 * taken back while its case was still on the screen.
 */
export function useDecide(shown: Case, onBack: () => void): Decide {
  const act = useAct(shown.id)
  const takeNext = useTakeNext()
  const takeBack = useTakeBack()
  const client = useQueryClient()
  const navigate = useNavigate()
  const go = useGo()
  const offer = useOffer()
  /** A try of which nobody knows whether it arrived: the same wish again is the same transaction. */
  const tried = useRef<{ wish: string; transaction: string }>(undefined)
  const [leaving, setLeaving] = useState(false)
  const [told, setTold] = useState('')
  const ticket = shown.ticket ?? ''
  const token = shown.claim?.token

  const ahead = () => {
    const others = client.getQueryData<ApplicationList>(['claims'])?.items.filter((one) => one.id !== shown.id) ?? []
    // what a supervisor has given me comes first: its lease is running
    if (others.some((one) => one.history.at(-1)?.action === 'reassign')) return undefined
    const one = aheadOf(others, Date.now())
    return one?.stage === shown.stage ? one : undefined
  }
  const show = (one: Case) => {
    client.setQueryData<Case>(['case', one.id], one)
    go(`/berkas/${one.id}`, { replace: true })
  }
  /** What was claimed ahead shows at once; else what I hold already; then the next of this stage; then the queue. */
  const next = async (after?: Offered) => {
    const one = ahead()
    if (one) return show(one)
    // the operator is where they want to be
    const stays = () => after?.takenBack === true
    try {
      const { items } = await request<ApplicationList>('GET', '/api/claims')
      const held = items.find((other) => other.id !== shown.id)
      if (stays()) return
      const taken = held ?? (isClaimStage(shown.stage) ? await takeNext.mutateAsync([shown.stage]) : undefined)
      if (stays()) return
      void navigate(taken ? `/berkas/${taken.id}` : `/antrean?tahap=${shown.stage}`, { replace: true })
    } catch {
      if (!stays()) void navigate(`/antrean?tahap=${shown.stage}`, { replace: true })
    }
  }

  const decision = async (
    body: Pick<DecisionBody, 'action' | 'skip' | 'reasons' | 'note' | 'despite'>,
    said: string,
    words: (changed: Case) => string,
  ) => {
    if (token === undefined || act.isPending || leaving) return
    const wish = JSON.stringify(body)
    const transaction = tried.current?.wish === wish ? tried.current.transaction : newTransaction()
    tried.current = undefined
    const shownNext = ahead()
    const answer = act.mutateAsync({ act: 'decisions', token, transactionId: transaction, ...body })
    const deed = offer({
      transaction,
      subject: shown.id,
      name: ticket,
      words: said,
      answer,
      before: shown,
      back() {
        act.reset()
        setLeaving(false)
        setTold('')
        onBack()
        go(`/berkas/${shown.id}`)
      },
      undo: () => takeBack(shown.id, transaction),
      over: () => dropDraft(shown.id),
    })
    // in a task of its own: what is drawn in the key's own task is drawn together with all its effects
    if (shownNext) setTimeout(() => !deed.takenBack && show(shownNext))
    else setLeaving(true)
    try {
      deeds.reword(deed, words(await answer))
      if (!shownNext && !deed.takenBack) void next(deed)
    } catch (error) {
      deeds.drop(deed)
      // whoever took it back is where they want to be, and has been told what came of it
      if (deed.takenBack) return
      setLeaving(false)
      if (error instanceof UndoFailed) return
      tried.current = { wish, transaction }
      const why = isProblem(error, 'offline') ? 'Belum terkirim, sambungan terputus.' : (error as Error).message
      setTold(why)
      if (shownNext)
        deeds.fail({ title: `${ticket} belum diputuskan.`, words: why, application: shown.id, stays: true })
    }
  }

  const offerStayed = (transaction: string, words: string) =>
    offer({
      transaction,
      subject: shown.id,
      name: ticket,
      words,
      answer: Promise.resolve(),
      before: shown,
      back() {
        setTold('')
        go(`/berkas/${shown.id}`)
      },
      undo: () => takeBack(shown.id, transaction),
    })

  return {
    approve: (skipPhoto, despite = []) =>
      void decision(
        {
          action: 'approve',
          ...(skipPhoto ? { skip: ['photo'] } : {}),
          ...(despite.length > 0 ? { despite: [...despite] } : {}),
        },
        `${ticket} disetujui`,
        (changed) => `${ticket} disetujui, ke ${stageName[changed.stage]}`,
      ),
    sendBack: (reasons, note) =>
      void decision(
        { action: 'return', reasons: [...reasons], ...(note === '' ? {} : { note }) },
        `${ticket} dikembalikan, ${reasons.length} alasan`,
        () => `${ticket} dikembalikan, ${reasons.length} alasan`,
      ),
    reject: (note) =>
      void decision({ action: 'reject', ...(note === '' ? {} : { note }) }, `${ticket} ditolak`, (changed) =>
        changed.stage === 'rejected'
          ? `${ticket} ditolak, sekolah diberi tahu`
          : `${ticket} diusulkan ditolak, ke penyelia`,
      ),
    release: (reason) => {
      if (token === undefined || act.isPending) return
      setLeaving(true)
      act.mutate(
        { act: 'release', token, reason },
        {
          onSuccess: () => {
            void client.invalidateQueries({ queryKey: ['claims'] })
            void next()
          },
          onError: () => setLeaving(false),
        },
      )
    },
    stay: (what, words, done, undone) =>
      act.mutate(what, {
        onSuccess: () => {
          if (undone !== undefined && 'transactionId' in what) offerStayed(what.transactionId, undone)
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
