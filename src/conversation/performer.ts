import type { CurrentOffice } from '../config/office-settings.ts'
import type { StoredDocument } from '../models/application/application.ts'
import type { Given } from '../models/consent/consent.ts'
import type { Coordinator } from '../models/coordinator/coordinator.ts'
import type { Registration } from '../models/coordinator/coordinators.ts'
import type { DeliverySubject } from '../models/notice/delivery.ts'
import { Refusal } from '../models/store/errors.ts'
import type { Choice } from '../models/chat/message.ts'
import type { OpenTurn } from '../models/chat/turns.ts'
import type { DraftFile, Effect, Reply, ReplyValues } from '../models/chat/turn.ts'
import type { Duplicate, Queued } from '../queue/submissions/submissions.ts'
import type { TicketQueue } from '../queue/ticket-queue.ts'
import { estimateText } from './hours.ts'
import { submittedPupil, reasonOf } from './submitted.ts'
import { stageName } from './texts/texts.ts'

/** One message to the chat of the turn, under the effect's key. */
export type Message = {
  key: string
  chat: string
  text: string
  choices?: readonly Choice[]
  /** Nobody asked for it: it waits while notices are off. */
  notice?: true
  subject: DeliverySubject
}

/** What effects touch; each call with the same key or transaction id again changes nothing and answers the same. */
export type PerformerDeps = {
  office: CurrentOffice
  say(message: Message): Promise<void>
  /** Whoever speaks in this chat, or whom they substitute for. */
  coordinatorOf(chat: string): Promise<Coordinator | null>
  register(registration: Registration): Promise<'approved' | 'pending'>
  /** Lets whoever waits for approval in, where the code is still good. */
  admit(wish: { key: string; chat: string; invitation: string }): Promise<'approved' | 'pending'>
  hear(chat: string, key: string, files: readonly string[]): Promise<void>
  setPhone(chat: string, phone: string): Promise<void>
  setNotices(chat: string, on: boolean): Promise<void>
  /** Records a request for a person, or a complaint, under a number of its own. */
  plead(plea: {
    key: string
    chat: string
    coordinator: string | null
    kind: 'help' | 'complaint'
    text: string
    files: readonly string[]
    /** When it was said: the time to answer runs from then. */
    at: Date
  }): Promise<{ number: string }>
  /** Until when a complaint of `at` is answered, as people read it. */
  complaintDue(at: Date): string
  files: {
    /** Says that the application uses these files, so that they live as long as it does. */
    match(application: string, ids: readonly string[]): Promise<unknown>
    /** Lets go of all files of an application that is no more. */
    release(application: string): Promise<void>
    /** The same, and those that nobody else uses are purged. */
    erase(application: string): Promise<void>
    /** As `match`, and the files as its documents. */
    take(application: string, used: readonly DraftFile[]): Promise<StoredDocument[]>
  }
  queue: Pick<TicketQueue, 'drafts' | 'submissions' | 'schoolChanges' | 'cases'>
}

type Speaker = Pick<Coordinator, 'id' | 'npsn' | 'state'>

export type Perform = (
  effect: Effect,
  /** `speaker`: whoever speaks, where that has been read for this very turn. */
  context: { key: string; turn: OpenTurn; speaker?: Speaker | undefined },
) => Promise<void>

/** Turns the effects of decided turns into writes and messages. */
export function createPerformer(deps: PerformerDeps): Perform {
  const { queue } = deps

  return async (effect, { key, turn, speaker: known }) => {
    const at = new Date(turn.closedAt)
    const office = deps.office.current()
    const answer = (
      reply: Reply & { notice?: true },
      values: ReplyValues = {},
      about: DeliverySubject = {},
    ): Promise<void> =>
      deps.say({
        key,
        chat: turn.chat,
        text: filled(reply.text, values),
        ...(reply.choices && { choices: reply.choices }),
        ...(reply.notice && { notice: true }),
        subject: { turn: turn._id, ...about },
      })
    const speaker = async (): Promise<Speaker> => {
      const coordinator = known ?? (await deps.coordinatorOf(turn.chat))
      if (!coordinator) throw new Error(`turn ${turn._id} acts for a chat without a coordinator`)
      return coordinator
    }

    switch (effect.kind) {
      case 'say':
        return answer(effect)
      case 'draft':
        return draft(effect, await speaker())
      case 'discard':
        await queue.drafts.discard(effect.draft)
        return effect.erase ? deps.files.erase(effect.draft) : deps.files.release(effect.draft)
      case 'keep':
        // nothing uses them yet, which is what a file is until something lists it; the purge lets it go in its time
        return
      case 'hear':
        return deps.hear(turn.chat, key, effect.files)
      case 'submit':
        return submit(effect, await speaker())
      case 'correct':
        return correct(effect, await speaker())
      case 'attach': {
        const documents = await deps.files.take(effect.application, effect.files)
        const by = (await speaker()).id
        const done = await unlessStale(() =>
          queue.schoolChanges.attach({ application: effect.application, by, documents, transactionId: key }),
        )
        return answer(effect.reply[done?.outcome ?? 'stale'], ticketOf(done), { application: effect.application })
      }
      case 'cancel': {
        const by = { kind: 'coordinator', id: (await speaker()).id } as const
        const cancellation = { application: effect.application, by, parties: ['school'] as const, transactionId: key }
        const done = await unlessStale(() => queue.schoolChanges.cancel(cancellation))
        return answer(effect.reply[done?.outcome ?? 'stale'], ticketOf(done), { application: effect.application })
      }
      case 'register': {
        const { kind: _, reply, ...registration } = effect
        const consent = dated(effect.consent)
        return answer(reply[await deps.register({ key, chat: turn.chat, ...registration, consent })])
      }
      case 'admit':
        return answer(effect.reply[await deps.admit({ key, chat: turn.chat, invitation: effect.invitation })])
      case 'phone':
        return deps.setPhone(turn.chat, effect.phone)
      case 'notices':
        return deps.setNotices(turn.chat, effect.on)
      case 'help':
      case 'complain': {
        const coordinator = (await deps.coordinatorOf(turn.chat))?.id ?? null
        const plea =
          effect.kind === 'help'
            ? ({ kind: 'help', text: effect.note ?? '', files: [] } as const)
            : ({ kind: 'complaint', text: effect.text, files: effect.files } as const)
        const { number } = await deps.plead({ key, chat: turn.chat, coordinator, at, ...plea })
        return answer(effect.reply, { number, due: deps.complaintDue(at) })
      }
    }

    async function draft(the: Extract<Effect, { kind: 'draft' }>, coordinator: Speaker): Promise<void> {
      await queue.drafts.save({
        draft: the.draft,
        coordinator: coordinator.id,
        chat: turn.chat,
        npsn: coordinator.npsn,
        reason: reasonOf(the.answers),
        step: the.step,
        answers: the.answers,
        files: the.files,
        at,
        turn: turn.n,
      })
      const ids = the.files.map((f) => f.id)
      if (ids.length > 0) await deps.files.match(the.draft, ids)
    }

    async function submit(the: Extract<Effect, { kind: 'submit' }>, coordinator: Speaker): Promise<void> {
      if (coordinator.state !== 'approved') {
        await draft({ ...the, kind: 'draft', step: 'summary' }, coordinator)
        return answer(the.reply.pending)
      }
      const documents = await deps.files.take(the.draft, the.files)
      const result = await queue.submissions.submit({
        draft: the.draft,
        coordinator: coordinator.id,
        chat: turn.chat,
        npsn: coordinator.npsn,
        reason: reasonOf(the.answers),
        pupil: submittedPupil(the.answers),
        documents,
        findings: the.findings,
        consent: dated(the.consent),
        transactionId: key,
      })
      return placed(result, the.reply.queued, the.reply.duplicate)
    }

    async function correct(the: Extract<Effect, { kind: 'correct' }>, coordinator: Speaker): Promise<void> {
      const before = await queue.cases.get(the.application)
      const documents = await deps.files.take(the.application, the.files)
      const result = await unlessStale(() =>
        queue.submissions.resubmit({
          application: the.application,
          by: coordinator.id,
          pupil: { ...before.pupil, ...submittedPupil({ ...before.pupil, ...the.answers }) },
          documents,
          findings: before.findings.filter((f) => f.field === undefined || !Object.hasOwn(the.answers, f.field)),
          done: the.done,
          transactionId: key,
        }),
      )
      if (!result) return answer(the.reply.stale)
      return placed(result, the.reply.queued, the.reply.duplicate ?? the.reply.stale)
    }

    async function placed(result: Queued | Duplicate, queued: Reply, refused: Reply): Promise<void> {
      const about = { application: result.application }
      if (result.outcome === 'duplicate') {
        return answer(refused, { existing: result.ticket, stage: stageName(office, result.stage) }, about)
      }
      const place = await queue.cases.placeOf(result.application)
      const [estimate, servedRound] = await Promise.all([queue.cases.estimateFor(place), queue.cases.servedRound()])
      const values = {
        ticket: result.ticket,
        // an operator who was quicker than this answer has it already: nobody is before it
        position: String(Math.max(1, result.position)),
        round: String(result.round),
        servedRound: String(servedRound),
        estimate: estimateText(office, estimate),
      }
      return answer(queued, values, about)
    }
  }
}

/** Fills the names in braces that only the effect's outcome knows; others stay as they are. */
export function filled(text: string, values: ReplyValues): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name as keyof ReplyValues] ?? whole)
}

/** Null where the application has moved on meanwhile: the person is told so instead. */
async function unlessStale<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

function ticketOf(done: { ticket: string } | null): ReplyValues {
  return done ? { ticket: done.ticket } : {}
}

/** A replayed decision comes from JSON, where the moment is text. */
function dated(given: Given): Given {
  return { ...given, at: new Date(given.at) }
}
