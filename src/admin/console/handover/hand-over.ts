import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { HandOverBody, HandOverResult, UndoHandOverBody } from '../../contract/decision.ts'
import { request } from '../client/request.ts'
import { useOffer } from '../shell/undo.tsx'

/** As many as the server writes at once: a large school gets its cards in parts. */
const MOST_HANDED_OVER = 200

/** Calls the server for each part; each has its own key, the same when all is sent again. */
async function inParts<B extends UndoHandOverBody>(path: string, body: B): Promise<HandOverResult['items']> {
  const items: HandOverResult['items'] = []
  for (let from = 0; from < body.applications.length; from += MOST_HANDED_OVER) {
    const applications = body.applications.slice(from, from + MOST_HANDED_OVER)
    const transactionId = `${body.transactionId}-${from}`
    const done = await request<HandOverResult>('POST', path, { ...body, applications, transactionId })
    items.push(...done.items)
  }
  return items
}

/** Hands cards to somebody of `school`, and offers to take that back while the school has not been told. */
export function useHandOver() {
  const client = useQueryClient()
  const offer = useOffer()
  const readAgain = () =>
    Promise.all(['rows', 'counts', 'case'].map((key) => client.invalidateQueries({ queryKey: [key] })))
  return useMutation({
    mutationFn: async ({ applications, receivedBy, transactionId }: HandOverBody & { school: string }) => {
      const since = Date.now()
      return { since, items: await inParts('/api/handovers', { applications, receivedBy, transactionId }) }
    },
    onSuccess: ({ since, items }, { school, applications: asked, transactionId }) => {
      const given = items.filter((item) => item.done).length
      if (given > 0) {
        offer({
          transaction: transactionId,
          subject: transactionId,
          name: `Penyerahan ${given} kartu`,
          words: `${given} kartu diserahkan, ${school}`,
          answer: Promise.resolve(),
          // the first of them is told that long after it was handed over
          since,
          undo: async () => {
            const back = await inParts('/api/handovers/undo', { applications: asked, transactionId })
            await readAgain()
            const kept = given - back.filter((item) => item.done).length
            if (kept > 0) throw new Error(`${kept} kartu sudah diteruskan, sekolah sudah diberi tahu.`)
          },
        })
      }
      return readAgain()
    },
  })
}
