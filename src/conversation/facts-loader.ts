import type { CurrentOffice } from '../config/office-settings.ts'
import type { Coordinator } from '../models/coordinator/coordinator.ts'
import { newId } from '../models/store/ids.ts'
import type { School } from '../models/school/school.ts'
import type { Answers, Session } from '../models/chat/session.ts'
import type { Turn, TurnFile } from '../models/chat/turn.ts'
import type { FileVerdict } from '../models/file/verdict.ts'
import type { Draft } from '../models/application/drafts.ts'
import type { OpenApplication } from '../models/application/open.ts'
import type { StatusRow } from '../queue/lists/cases.ts'
import { checkedFiles, waitingFiles, wants } from './facts.ts'
import type { ApplicationFact, DraftFact, Facts } from './facts.ts'

const DAY_MS = 86_400_000

type DraftRow = Pick<Draft, 'id' | 'npsn' | 'step' | 'answers' | 'updatedAt'>
type Status = Omit<ApplicationFact, 'claimed' | 'updatedAt' | 'pupil'> &
  Pick<StatusRow, 'npsn' | 'pupil' | 'state' | 'stageAt'>
type Open = Omit<OpenApplication, 'application'>

/** Where facts come from; every function only reads, but `checkInvitation`, which counts a try. */
export type FactSources = {
  office: CurrentOffice
  now: () => Date
  coordinatorOf(chat: string): Promise<Coordinator | null>
  school(npsn: string): Promise<School | null>
  checkInvitation(npsn: string, code: string): Promise<boolean>
  /** Whose drafts and applications they work on: their own, first, and those they are the substitute for. */
  represented(coordinator: Coordinator): Promise<readonly string[]>
  draftsOf(coordinators: readonly string[]): Promise<readonly DraftRow[]>
  applicationsOf(coordinators: readonly string[]): Promise<readonly Status[]>
  openWithNik(npsn: string, nik: string): Promise<{ here: readonly Open[]; elsewhere: boolean }>
  files(ids: readonly string[]): Promise<readonly TurnFile[]>
  /** What looking at these files came to, held against these answers; absent where nobody looks at files. */
  verdicts?: (files: readonly string[], answers: Answers) => Promise<readonly FileVerdict[]>
  servedRound(): Promise<number>
}

/** Asks the sources what `wants` names for this turn. */
export function createFactsLoader(sources: FactSources): (session: Session | null, turn: Turn) => Promise<Facts> {
  const { office } = sources

  return async (session, turn) => {
    const query = wants(session, turn)
    const coordinator = await sources.coordinatorOf(turn.chat)
    const npsn = coordinator?.npsn ?? query.npsn
    const ofSchool = (row: { npsn: string }): boolean => row.npsn === npsn
    const listed = coordinator && (query.applications || query.tickets.length > 0)
    const [ownSchool, school, invited, draftRows, applicationRows, servedRound, niks] = await Promise.all([
      coordinator ? sources.school(coordinator.npsn) : null,
      query.npsn ? sources.school(query.npsn) : null,
      // each look at a code is a try: none for somebody who needs no code
      query.invitation && npsn && needsCode(coordinator) ? sources.checkInvitation(npsn, query.invitation) : null,
      coordinator ? ofRepresented(coordinator, (ids) => sources.draftsOf(ids)) : [],
      listed ? ofRepresented(coordinator, (ids) => sources.applicationsOf(ids)) : [],
      listed ? sources.servedRound() : null,
      coordinator ? Promise.all(query.niks.map((nik) => nikFacts(coordinator, nik))) : [],
    ])
    // whoever was moved sees no more of the school that they left
    const [drafts, applications] = [draftRows.filter(ofSchool), applicationRows.filter(ofSchool)]
    // a parked draft may wait for files, too: LANJUT takes it up as it is by then
    const waited = [...query.files, ...drafts.flatMap((draft) => waitingFiles(draft.answers))]
    const files = waited.length > 0 ? await sources.files([...new Set(waited)]) : []
    const parked = drafts.map((draft) => verdictsOf(checkedFiles(draft.answers), draft.answers))
    const verdicts = await Promise.all([verdictsOf(query.looks, session?.answers ?? {}), ...parked])
    if (coordinator && !ownSchool)
      throw new Error(`coordinator ${coordinator.id} belongs to a school that is not known`)
    return {
      office: office.current(),
      coordinator: coordinator && ownSchool ? { ...coordinator, school: ownSchool } : null,
      school,
      invitation: invited === null || !query.invitation ? null : { code: query.invitation, fits: invited },
      drafts: drafts.map(draftFact).sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime()),
      applications: applications.flatMap(applicationFact),
      openNiks: niks.flatMap(({ nik, open }) => open.map((one) => ({ nik, ...one }))),
      niksElsewhere: niks.filter((one) => one.elsewhere).map((one) => one.nik),
      files,
      looking: sources.verdicts !== undefined,
      verdicts: [...new Map(verdicts.flat().map((one) => [one.id, one])).values()],
      servedRound,
      draftId: newId(sources.now().getTime()),
    }
  }

  /** Mostly they speak for themselves alone: what is theirs is read beside the question for whom else. */
  async function ofRepresented<T>(
    coordinator: Coordinator,
    read: (ids: readonly string[]) => Promise<readonly T[]>,
  ): Promise<readonly T[]> {
    const others = async (): Promise<readonly T[]> => {
      const [, ...ids] = await sources.represented(coordinator)
      return ids.length > 0 ? read(ids) : []
    }
    return (await Promise.all([read([coordinator.id]), others()])).flat()
  }
  async function verdictsOf(files: readonly string[], answers: Answers): Promise<readonly FileVerdict[]> {
    return files.length > 0 && sources.verdicts ? sources.verdicts(files, answers) : []
  }
  async function nikFacts({ npsn, state }: Coordinator, nik: string) {
    const { here, elsewhere } = await sources.openWithNik(npsn, nik)
    // anybody may say that they are of a school: until somebody vouches for them, its children are not spoken of
    return { nik, open: state === 'approved' ? here : [], elsewhere }
  }
  function draftFact(draft: DraftRow): DraftFact {
    const { id, step, answers, updatedAt } = draft
    return {
      id,
      step,
      answers,
      updatedAt,
      purgeOn: new Date(updatedAt.getTime() + office.current().retention.drafts * DAY_MS),
    }
  }
}

function needsCode(coordinator: Coordinator | null): boolean {
  return !coordinator || coordinator.state === 'pending'
}

/** What was purged has no pupil to speak of, and is not listed. */
function applicationFact(row: Status): ApplicationFact[] {
  if (!row.pupil) return []
  const { id, ticket, pupil, reason, stage, state, position, round, submittedAt, stageAt } = row
  const { returnReasons, documents } = row
  const told = { position, round, submittedAt, updatedAt: stageAt, returnReasons, documents }
  return [{ id, ticket, pupil, reason, stage, claimed: state === 'claimed', ...told }]
}
