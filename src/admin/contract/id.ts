import { z } from 'zod'

/** An id of ours in a path or a body: letters, digits and dashes only, so that it can be no path and no operator. */
export const Id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be an id')

/** A caller's own key of one action: sent again, it means the same action and not another. */
export const TransactionId = z.string().regex(/^[\w.:-]{1,100}$/, 'must be 1 to 100 letters, digits or . : - _')

/** `^\d{8}$` for schools, `^P\d{7}$` PKBM/SKB, `^K\d{7}$` LKP. */
export const Npsn = z.string().regex(/^(?:\d{8}|[PK]\d{7})$/, 'must be an NPSN')

/** A moment, as `2026-11-24T01:02:03.000Z`. */
export const Moment = z.iso.datetime()

/** A person's free text; never empty, and bounded. */
export const FreeText = z.string().trim().min(1).max(2000)

export const IdParams = z.object({ id: Id })

/** Where a page of a list ended whose rows move: the place stays when the row that stood there has gone elsewhere. */
export const PlaceKey = z.string().regex(/^\d{1,15}-[A-Za-z0-9_-]{1,64}$/, 'must be `next` of another page')

/** Pages of a list: `after` is the id of the last row seen. */
export const PageQuery = z.object({
  after: Id.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
/** Pages of a list whose rows move: `after` is `next` of the page before. */
export const PlacedPageQuery = PageQuery.extend({ after: PlaceKey.optional() })
export type PlacedPageQuery = z.infer<typeof PlacedPageQuery>
