import { useEffect, useRef } from 'react'
import { drawnPages, pictureOf } from '../../client/case.ts'
import type { Case } from '../../client/case.ts'
import { useLive } from '../../client/live.tsx'
import { fetchPictures } from '../../client/pictures.ts'
import { isClaimStage } from '../../client/rights.ts'
import { useClaims, useTakeAhead } from '../../waiting/waiting.ts'
import { portraitPicture } from '../photo/use-portrait.ts'

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
