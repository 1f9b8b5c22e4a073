import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { Link, useParams } from 'react-router'
import { useCase, useReasons } from '../../client/case.ts'
import type { Case } from '../../client/case.ts'
import { deeds } from '../../client/deeds.ts'
import { useLive } from '../../client/live.tsx'
import { stagesOf } from '../../client/rights.ts'
import { useMe } from '../../client/session.ts'
import { OFFLINE } from '../../keys/table.ts'
import { useKeys } from '../../keys/use-keys.ts'
import { Pending, SkeletonRows } from '../../parts/rows.tsx'
import { useReturning } from '../../shell/undo.tsx'
import { useCounts } from '../../waiting/waiting.ts'
import { hindranceWords } from '../../words/hindrance.ts'
import { stageName } from '../../words/stage.ts'
import { clock, number } from '../../words/time.ts'
import { CasePanels, panelSurface } from '../panels/case-panels.tsx'
import type { PanelName } from '../panels/case-panels.tsx'
import type { SaveFirst } from '../photo/photo-body.tsx'
import { renewalOf } from '../side/renewal.ts'
import { useFiling } from '../viewer/filing.ts'
import { useOpened } from '../viewer/use-opened.ts'
import { CaseBody } from './case-body.tsx'
import { CaseHead } from './case-head.tsx'
import css from './case-page.module.css'
import { ConfirmLine, useConfirm } from './confirm.tsx'
import { useAhead, useHeld, useLease, useLost, useShownViews } from './claim.ts'
import { DecisionBar } from './decision-bar.tsx'
import type { Choice } from './decision-bar.tsx'
import { useChoices } from './use-choices.ts'
import { useDecide } from './use-decide.ts'

// only who works the photo stage needs it
const PhotoBody = lazy(async () => ({ default: (await import('../photo/photo-body.tsx')).PhotoBody }))

/** The case of the address; a new one starts with fresh panels and documents. */
export function CasePage({ onShowKeys }: { onShowKeys: () => void }) {
  const { id = '' } = useParams()
  return <LoadedCase key={id} id={id} onShowKeys={onShowKeys} />
}

function LoadedCase({ id, onShowKeys }: { id: string; onShowKeys: () => void }) {
  const [reason, setReason] = useState<string>()
  const plain = useCase(id)
  const opened = useCase(id, reason)
  const query = opened.data ? opened : plain
  // while a decision is being taken back, whatever is read of it, the case is what it was before
  const before = useReturning(id)?.before
  const shown = before ?? query.data
  if (!shown) {
    return (
      <main className={css.alone}>
        <Pending query={query} failed="Berkas tidak dapat dibuka." loading="Memuat berkas" />
        {query.isError && <Link to="/antrean">Ke antrean</Link>}
      </main>
    )
  }
  return <OneCase shown={shown} reason={reason} onReason={setReason} onShowKeys={onShowKeys} />
}

function OneCase(props: {
  shown: Case
  reason: string | undefined
  onReason: (reason: string) => void
  onShowKeys: () => void
}) {
  const { reason, onReason, onShowKeys } = props
  const latest = useHeld(props.shown)
  const { offlineSince, retry } = useLive()
  const [panel, setPanel] = useState<PanelName>()
  const decide = useDecide(latest, () => setPanel(undefined))
  const shown = useKept(latest, decide.leaving)
  const documents = shown.documents.filter((document) => document.supersededAt === undefined)
  const readable = shown.mayRead || reason !== undefined
  const opened = useOpened(documents, renewalOf(shown)?.documents[0]?.id)
  const filing = useFiling(shown, documents)
  const saveFirst = useRef<SaveFirst>(undefined)
  const [files, setFiles] = useState(false)
  const station = shown.stage === 'photo' && shown.claim?.token !== undefined
  const atStation = station && !files && documents.some((one) => one.kind === 'portrait')
  const awake = useAwake(shown.id)
  const lost = useLost(latest, decide)
  const [background, setBackground] = useState(false)
  const confirm = useConfirm(shown.id, [...shown.doubts, ...(atStation && background ? ['background'] : [])])
  const choices = useChoices(latest, { open: setPanel, decide, confirm, saveFirst: atStation ? saveFirst : undefined })
  const current: PanelName | undefined = lost.lost ? 'lost' : decide.leaving ? undefined : panel
  const idle = current === undefined
  useLease(latest)
  const ahead = useAhead(shown)
  // the one that is ready waits, too
  const photos = (useCounts().data?.stages.photo?.queued ?? 0) + (ahead === undefined ? 0 : 1)
  // there before R is pressed, so that the letters after it find their reasons
  useReasons()

  useShownViews(shown, documents)
  // at the photo station, too
  const mayRemark = shown.claim?.token !== undefined && shown.allowed.includes('correct')
  const decided = (choice: Choice) => () => {
    if (offlineSince) return OFFLINE
    if (decide.busy) return 'Keputusan sedang dikirim.'
    return awake() ? choice.act() : 'Berkas baru saja tampil: tekan sekali lagi.'
  }
  const mayTake = shown.claim?.token === undefined && stagesOf(useMe().roles).length > 0
  useKeys(atStation ? 'photo' : 'case', {
    ...Object.fromEntries(choices.flatMap((choice) => (choice.key ? [[choice.key, decided(choice)] as const] : []))),
    ...(mayRemark && { remark: () => setPanel('remark') }),
    ...(mayTake && { next: decide.next }),
  })
  return (
    <main className={css.page}>
      <CaseHead shown={shown} onShowKeys={onShowKeys} />
      {atStation ? (
        <Suspense fallback={<SkeletonRows label="Memuat foto" />}>
          <PhotoBody
            shown={shown}
            idle={idle}
            saveFirst={saveFirst}
            onFiles={() => setFiles(true)}
            onBackground={setBackground}
          />
        </Suspense>
      ) : (
        <CaseBody
          shown={shown}
          documents={documents}
          readable={readable}
          reason={reason}
          onReason={onReason}
          idle={idle}
          surface={current === undefined ? 'case' : panelSurface(current)}
          opened={opened}
          filing={filing}
          open={setPanel}
          onStation={station ? () => setFiles(false) : undefined}
        />
      )}
      <ConfirmLine question={idle ? confirm.question : undefined} button={choices[0]?.name ?? ''} />
      <DecisionBar
        choices={choices}
        held={whyNot(shown)}
        waiting={station ? `${number(photos)} foto menunggu` : undefined}
        ahead={ahead}
        told={
          offlineSince ? (
            <>
              Sambungan terputus sejak {clock(offlineSince)}. Keputusan ditahan.{' '}
              <button type="button" className={css.link} onClick={retry}>
                Coba sekarang
              </button>
            </>
          ) : (
            decide.told || filing?.told
          )
        }
        disabled={offlineSince !== undefined}
        busy={decide.busy}
        inert={!idle}
      />
      <CasePanels
        shown={shown}
        panel={current}
        decide={decide}
        files={{ documents, current: opened.desk?.current, filing }}
        onSplit={() => setPanel('split')}
        onClose={() => {
          if (lost.lost) lost.dismiss()
          setPanel(undefined)
        }}
      />
    </main>
  )
}

/** Why the holder's acts are not there; of the holder's, why the card is not to be printed. */
function whyNot(shown: Case): string | undefined {
  const { claim, state, stage, hindrance } = shown
  if (claim?.token !== undefined) return hindrance && `${hindranceWords[hindrance].why}. Jangan dicetak.`
  if (claim) return `Sedang dikerjakan ${claim.name ?? 'operator lain'}, sampai ${clock(claim.leaseUntil)}`
  if (state === 'queued') return 'Menunggu giliran. Diambil dari antrean, sesuai urutan.'
  return `${stageName[stage]}, hanya dibaca`
}

/** The case as it was when I decided it, while I leave: its next stage, and who may look there, are not mine to ask for. */
function useKept(latest: Case, leaving: boolean): Case {
  const [kept, setKept] = useState(latest)
  if (!leaving && kept !== latest) setKept(latest)
  return leaving ? kept : latest
}

const SLEEP_MS = 400

/**
 * Asks whether the case has been on the screen for 400 ms; before that a double A would approve it unseen. One that was
 * just taken back has been seen.
 */
function useAwake(key: string): () => boolean {
  const shownAt = useRef(Number.POSITIVE_INFINITY)
  useEffect(() => {
    shownAt.current = deeds.state().returning.has(key) ? Number.NEGATIVE_INFINITY : performance.now()
  }, [key])
  return () => performance.now() - shownAt.current >= SLEEP_MS
}
