import { flowOf } from '../../src/models/application/application.ts'
import { EMPTY_FLOW, arrive, forgive, keyOf, settle } from '../../src/queue/fairness/fairness.ts'
import type { Flow, Pace, Place } from '../../src/queue/fairness/fairness.ts'

/** One office's queue in memory around the pure core: what the stores do, without stores. */
export type Item = {
  id: number
  flow: string
  place: string
  state: 'unkeyed' | 'queued' | 'claimed' | 'gone'
  given: Place | undefined
  /** Served for the first time, or passed over while it could not be served (cut off, or cancelled). */
  counted: boolean
}
export type Crash = 'before-flow' | 'before-key' | 'before-settle' | undefined

export type Observer = {
  queued(item: Item, ownAhead: number): void
  /** A cancel has left the flow nothing that waits. */
  emptied(flow: string): void
  /** A first claim, after it was counted. */
  served(item: Item, passed: readonly Item[]): void
}

export function createModel(paceOf: (flow: string) => Pace, observer: Observer) {
  const flows = new Map<string, Flow>()
  const items: Item[] = []
  let V = 0
  let seq = 0

  const flow = (name: string) => flows.get(name) ?? EMPTY_FLOW
  const waiting = (name: string) => items.filter((i) => i.flow === name && i.state === 'queued' && !i.counted)

  function driveOn(item: Item, crash: Crash): void {
    if (crash === 'before-flow') return
    seq += 1
    const credit = item.flow.endsWith('/r')
    flows.set(item.flow, arrive(flow(item.flow), { ...paceOf(item.flow), place: item.place, V, seq, credit }))
    item.given = flow(item.flow).pending.find((p) => p.place === item.place) ?? item.given
    if (crash === 'before-key') return
    if (item.state === 'unkeyed' && item.given) {
      item.state = 'queued'
      const { given } = item
      const ahead = items.filter(
        (i) => i !== item && i.flow === item.flow && !i.counted && i.given && before(i.given, given),
      )
      observer.queued(item, ahead.length)
    }
    if (crash === 'before-settle') return
    flows.set(item.flow, settle(flow(item.flow), item.place))
  }

  function enqueue(name: string, crash?: Crash): void {
    const id = items.length
    const item: Item = { id, flow: name, place: `${id}/1`, state: 'unkeyed', given: undefined, counted: false }
    items.push(item)
    driveOn(item, crash)
  }

  return {
    items,
    flows,
    virtualTime: () => V,
    backlogged: (name: string) => waiting(name).length > 0,
    submit: (npsn: string, crash?: Crash) => enqueue(flowOf(npsn, false), crash),
    /** What the sweeper does after a crash. */
    sweep() {
      for (const item of items) if (item.state === 'unkeyed') driveOn(item, undefined)
      for (const [name, one] of flows) {
        for (const { place } of one.pending) flows.set(name, settle(flow(name), place))
      }
    },
    claim(): Item | undefined {
      let item: Item | undefined
      for (const one of items) {
        if (one.state === 'queued' && (!item || before(one.given!, item.given!))) item = one
      }
      if (!item) return undefined
      item.state = 'claimed'
      V = Math.max(V, item.given!.S)
      if (item.counted) return item
      item.counted = true
      const passed = items.filter((i) => !i.counted && i.given && i.state !== 'queued' && before(i.given, item.given!))
      for (const one of passed) one.counted = true
      observer.served(item, passed)
      return item
    },
    release(item: Item) {
      if (item.state === 'claimed') item.state = 'queued'
    },
    finish(item: Item) {
      if (item.state === 'claimed') item.state = 'gone'
    },
    /** Back from a return: the same pupil, another flow. */
    resubmit(item: Item, crash?: Crash) {
      if (item.state !== 'claimed') return
      item.state = 'gone'
      enqueue(flowOf(item.flow.split('/')[0]!, true), crash)
    },
    cancel(item: Item) {
      if (item.state !== 'queued' && item.state !== 'unkeyed') return
      item.state = 'gone'
      if (waiting(item.flow).length === 0) observer.emptied(item.flow)
      const left = items.some((i) => i.flow === item.flow && i.state !== 'gone')
      const was = flow(item.flow)
      if (left || was.pending.length > 0) return
      const now = forgive(was, V, paceOf(item.flow))
      flows.set(item.flow, now)
      // forgiven places are nobody's service any more
      if (now !== was) for (const one of items) if (one.flow === item.flow) one.counted = true
    },
  }
}

function before(a: Place, b: Place): boolean {
  return keyOf(a) < keyOf(b)
}
