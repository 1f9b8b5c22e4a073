import { expect, test } from 'vitest'
import { previewOrder } from '../../../src/queue/fairness/policy-preview.ts'

const fair = { policy: 'fair', batch: 2, stride: 1000 } as const
const files = (npsn: string, count: number, enrolled: number | null = null) =>
  Array.from({ length: count }, () => ({ npsn, enrolled }))

test('under FIFO a school that comes after a large one waits for all of it; under fair rounds for one batch', () => {
  const waiting = [...files('large', 10), ...files('small', 2)]
  expect(previewOrder(waiting, { ...fair, policy: 'fifo' })).toEqual([
    { npsn: 'large', files: 10, first: 1, last: 10 },
    { npsn: 'small', files: 2, first: 11, last: 12 },
  ])
  expect(previewOrder(waiting, fair)).toEqual([
    { npsn: 'large', files: 10, first: 1, last: 12 },
    { npsn: 'small', files: 2, first: 3, last: 4 },
  ])
})

test('a larger batch lets a school finish more in each round', () => {
  const waiting = [...files('a', 4), ...files('b', 4)]
  const of = (batch: number) => previewOrder(waiting, { ...fair, batch }).map(({ last }) => last)
  expect(of(2)).toEqual([6, 8])
  expect(of(4)).toEqual([4, 8])
})

test('by enrolment a school of four hundred comes twice in a round of one of a hundred', () => {
  const waiting = [...files('small', 8, 100), ...files('large', 8, 400)]
  const order = previewOrder(waiting, { ...fair, policy: 'sqrt-enrolment' })
  const last = (npsn: string) => order.find((school) => school.npsn === npsn)?.last ?? 0
  expect(last('large')).toBeLessThan(last('small'))
  expect(previewOrder([], fair)).toEqual([])
})
