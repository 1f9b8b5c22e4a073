import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { drawnPages, logViews, pictureOf, useRenew } from '../../client/case.ts'
import type { Case, CaseDocument } from '../../client/case.ts'
import { useLive } from '../../client/live.tsx'
import { fetchPictures } from '../../client/pictures.ts'
import { serverTime } from '../../client/request.ts'
import { isClaimStage } from '../../client/rights.ts'
import { useMe } from '../../client/session.ts'
import { useClaims, useTakeAhead } from '../../waiting/waiting.ts'
import { portraitPicture } from '../photo/use-portrait.ts'
import type { Decide } from './use-decide.ts'

const EVERY_MS = 60_000

/**
 * Renews the claim once a minute as long as the operator is active: keys, pointer or scrolling since the last time.
 * A claim taken ahead is renewed at once, which makes it the current one. A refusal makes the case be read again.
 */
export function useLease(shown: Case | undefined): void {
  const { mutate } = useRenew(shown?.id ?? '')
  const token = shown?.claim?.token
  const prefetched = shown?.claim?.prefetch === true
  const active = useRef(true)

  useEffect(() => {
    if (token === undefined) return undefined
    const renew = () => mutate(token)
    if (prefetched) renew()
    const touch = () => {
      active.current = true
    }
    const timer = setInterval(() => {
      if (!active.current) return
      active.current = false
      renew()
    }, EVERY_MS)
    const kinds = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const
    for (const kind of kinds) document.addEventListener(kind, touch, { passive: true })
    return () => {
      clearInterval(timer)
      for (const kind of kinds) document.removeEventListener(kind, touch)
    }
  }, [token, prefetched, mutate])
}

/**
 * The case as I hold it: mine no more from the moment in which the lease ends by the server's clock, whether or not
 * somebody has said so by then.
 */
export function useHeld(read: Case): Case {
  const client = useQueryClient()
  const { id, claim } = read
  const until = claim?.token === undefined ? undefined : claim.leaseUntil
  const [over, setOver] = useState<string>()
  useEffect(() => {
    if (until === undefined) return undefined
    const end = () => {
      setOver(until)
      void client.invalidateQueries({ queryKey: ['case', id] })
    }
    const timer = setTimeout(end, Math.max(0, Date.parse(until) - serverTime()))
    return () => clearTimeout(timer)
  }, [client, id, until])
  return useMemo(() => {
    if (until === undefined || over !== until) return read
    const { claim: _, ...rest } = read
    return rest
  }, [read, until, over])
}

/** Held by nobody whom I know, and not in the queue yet: my lease is over, and the server has not said so. */
export const ranOut = ({ state, claim }: Case): boolean => state === 'claimed' && claim === undefined

const ENDS: readonly Case['history'][number]['action'][] = [
  'release',
  'reassign',
  'expire',
  'approve',
  'return',
  'reject',
  'propose_reject',
  'cancel',
  'misprint',
]

/** The latest entry that ended a claim: it tells whose doing it was. */
export const endOf = (shown: Case): Case['history'][number] | undefined =>
  shown.history.findLast((entry) => ENDS.includes(entry.action))

/**
 * Whether a claim that was mine on this page has gone, other than by an act of mine. `dismiss` leaves the case on the
 * screen, to be read only.
 */
export function useLost(shown: Case, decide: Decide): { lost: boolean; dismiss: () => void } {
  const me = useMe()
  const token = shown.claim?.token
  const [had, setHad] = useState(token)
  if (had === undefined && token !== undefined) setHad(token)
  const end = endOf(shown)
  // a release of mine leaves the page; one that came from elsewhere under my name is told
  const byMe = end?.by.id === me.id && end.action !== 'release' && !ranOut(shown)
  const gone = had !== undefined && token !== had
  return { lost: gone && !byMe && !decide.leaving && !decide.busy, dismiss: () => setHad(undefined) }
}

/** The pictures of the case on the screen come first. */
const AFTER_MS = 700

const picturesOf = ({ id, stage, documents }: Case): readonly string[] => [
  ...(stage === 'photo' ? [portraitPicture(id)] : []),
  ...documents
    .filter((one) => one.supersededAt === undefined && drawnPages(one) > 0)
    .flatMap((one) => [pictureOf(id, one, 'full'), pictureOf(id, one, 'thumb')]),
]

/**
 * While I work on a case the next one of its stage is claimed ahead, once, and its pictures are fetched, so that it
 * shows at once after a decision. Where I take longer than its short lease it goes back to the queue by itself. Gives its
 * ticket while it is there.
 */
export function useAhead(shown: Case): string | undefined {
  const { offlineSince } = useLive()
  const claims = useClaims().data?.items
  const { mutate } = useTakeAhead()
  const asked = useRef(false)
  const { stage, claim } = shown
  const mine = claim?.token !== undefined && claim.prefetch !== true
  const beside = claims?.find((one) => one.id !== shown.id)
  const wanted = mine && claims !== undefined && beside === undefined && offlineSince === undefined

  useEffect(() => {
    if (!wanted || asked.current || !isClaimStage(stage)) return undefined
    const timer = setTimeout(() => {
      asked.current = true
      mutate(stage)
    }, AFTER_MS)
    return () => clearTimeout(timer)
  }, [wanted, stage, mutate])

  const ahead = beside?.claim?.prefetch === true ? beside : undefined
  const latest = useRef(ahead)
  useEffect(() => {
    latest.current = ahead
  })
  const aheadId = ahead?.id
  useEffect(() => {
    if (aheadId !== undefined && latest.current) void fetchPictures(aheadId, picturesOf(latest.current), shown.id)
  }, [aheadId, shown.id])
  return ahead?.ticket ?? undefined
}

/** Documents of a case taken ahead were fetched as such; the view log wants to know that they are shown now. */
export function useShownViews(shown: Case, documents: readonly CaseDocument[]): void {
  const prefetched = shown.claim?.prefetch === true
  const ids = documents.map((one) => one.id).join()
  useEffect(() => {
    if (prefetched && ids !== '') void logViews(shown.id, ids.split(',')).catch(() => undefined)
  }, [prefetched, shown.id, ids])
}
