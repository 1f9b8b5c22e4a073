import type { ApplicationView } from '../../contract/application.ts'
import { stageName } from '../words/stage.ts'
import { isProblem } from './request.ts'
import type { Stage } from './rights.ts'

/** Something that was just done and can be taken back. */
export type Deed = {
  transaction: string
  /** What it was done to: acts on that wait for its undo. */
  subject: string
  /** How it is called where the undo fails: a ticket, or what else it was. */
  name: string
  /** What the bar says; what stands before the comma is strong. */
  words: string
  /** Settles with the server's answer to the deed itself: the undo is sent behind it. */
  answer: Promise<unknown>
  /** In milliseconds of this machine's clock; now, unless it is said. */
  since?: number
  /** The case as it was before; what never reached the server is still in its stage there. */
  before?: ApplicationView
  /** Shows at once how it was before. */
  back?: () => void
  undo: () => Promise<void>
  /** It can be taken back no more. */
  over?: () => void
}

/** A deed as its offer keeps it. */
export type Offered = Deed & { until: number; takenBack: boolean }

/** Something that did not come about, in one sentence, and the case to look at. */
export type Failed = { title?: string; words: string; application?: string; ticket?: string; stays: boolean }

export type DeedsState = {
  /** The latest last. */
  open: readonly Offered[]
  /** Whose undo is under way, by its subject. */
  returning: ReadonlyMap<string, Offered>
  /** The latest last. */
  failed: readonly Failed[]
}

/** An act was not sent, as it was about something whose undo had failed: that has been told. */
export class UndoFailed extends Error {
  override readonly name = 'UndoFailed'
}

/** How long a failed undo is told; what is still undecided stays until somebody looks at it. */
const TOLD_MS = 8_000

/** What can be taken back, what is being taken back, and what has failed. One for the window. */
export class Deeds {
  #state: DeedsState = { open: [], returning: new Map(), failed: [] }
  #work = new Map<string, Promise<void>>()
  /** Ends with the latest take-back: they reach the server in the order in which they were asked for. */
  #before: Promise<void> = Promise.resolve()
  #listeners = new Set<() => void>()
  #timers = new Set<ReturnType<typeof setTimeout>>()

  state = (): DeedsState => this.#state
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  #set(change: Partial<DeedsState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
  #after(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      act()
    }, ms)
    this.#timers.add(timer)
  }

  /** From the moment of the deed on, `seconds` long. */
  offer(deed: Deed, seconds: number): Offered {
    const offered: Offered = { ...deed, until: (deed.since ?? Date.now()) + 1000 * seconds, takenBack: false }
    // what has failed is told by who did it
    offered.answer.catch(() => undefined)
    this.#set({ open: [...this.#state.open, offered] })
    this.#after(offered.until - Date.now(), () => {
      if (!this.#state.open.includes(offered)) return
      this.drop(offered)
      offered.answer.then(
        () => offered.over?.(),
        () => undefined,
      )
    })
    return offered
  }
  /** As soon as it is known where it led. */
  reword(offered: Offered, words: string): void {
    offered.words = words
    this.#set({ open: [...this.#state.open] })
  }
  /** It did not come about, or its time is over. */
  drop(offered: Offered): void {
    this.#set({ open: this.#state.open.filter((one) => one !== offered) })
  }
  fail(failed: Failed): void {
    const same = (one: Failed) => failed.application !== undefined && one.application === failed.application
    this.#set({ failed: [...this.#state.failed.filter((one) => !same(one)), failed] })
    if (!failed.stays) this.#after(TOLD_MS, () => this.forget(failed))
  }
  forget(failed: Failed): void {
    this.#set({ failed: this.#state.failed.filter((one) => one !== failed) })
  }
  /** Nothing of it is left for whoever signs in next. */
  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    this.#set({ open: [], failed: [] })
  }

  /** Takes the latest deed back, if any. */
  takeLatest = (): void => {
    const latest = this.#state.open.at(-1)
    if (latest) this.takeBack(latest)
  }
  takeBack(offered: Offered): void {
    if (offered.takenBack) return
    offered.takenBack = true
    const { subject } = offered
    this.#set({
      open: this.#state.open.filter((one) => one !== offered),
      returning: new Map(this.#state.returning).set(subject, offered),
    })
    offered.back?.()
    const work = this.#before
      .then(() => this.#take(offered))
      .finally(() => {
        if (this.#work.get(subject) === work) this.#work.delete(subject)
        if (this.#state.returning.get(subject) !== offered) return
        const returning = new Map(this.#state.returning)
        returning.delete(subject)
        this.#set({ returning })
      })
    this.#before = work.catch(() => undefined)
    this.#work.set(subject, work)
  }
  async #take(offered: Offered): Promise<void> {
    // without an answer it may have arrived all the same; what was refused never happened
    const missed = await offered.answer.then(
      () => undefined,
      (error: unknown) => ({ error, unknown: !isProblem(error) || error.status === 0 || error.status >= 500 }),
    )
    if (missed && !missed.unknown) return
    try {
      await offered.undo()
    } catch (error) {
      const { subject, name, before } = offered
      if (missed && before !== undefined && stageIn(error) === before.stage) return
      this.fail({
        words: whyNot(name, error),
        ...(before === undefined ? {} : { application: subject }),
        stays: false,
      })
      throw new UndoFailed()
    }
  }
  /**
   * Settles when what is being taken back of `subject` now is; rejects with `UndoFailed` where it was not. To be asked
   * when an act is wished for, not when its turn comes: by then it may be what is taken back, and would wait for itself.
   */
  settled = (subject: string): Promise<void> => this.#work.get(subject) ?? Promise.resolve()
}

export const deeds = new Deeds()

function stageIn(error: unknown): Stage | undefined {
  const stage = isProblem(error, 'too-late') ? error.problem.context?.['stage'] : undefined
  return typeof stage === 'string' && Object.hasOwn(stageName, stage) ? (stage as Stage) : undefined
}

/** Why `name` was not taken back, and where it is by now. */
function whyNot(name: string, error: unknown): string {
  if (isProblem(error, 'offline')) return `Sambungan terputus, ${name} belum diurungkan.`
  if (!isProblem(error, 'too-late')) return `${name} tidak diurungkan. ${(error as Error).message}`
  const stage = stageIn(error)
  return `${name} sudah diteruskan${stage === undefined ? '' : `, sekarang di ${stageName[stage]}`}.`
}
