import { useEffect, useState } from 'react'
import { useParams } from 'react-router'
import { logViews, useCase, useReasons } from '../client/case.ts'
import type { Case } from '../client/case.ts'
import { useLive } from '../client/live.tsx'
import { useKeys } from '../keys/use-keys.ts'
import { ProblemNotice } from '../parts/problem-notice.tsx'
import { SkeletonRows } from '../parts/skeleton-rows.tsx'
import { stageName } from '../words/stage.ts'
import { clock } from '../words/time.ts'
import { CaseHead } from './case-head.tsx'
import { CasePanels } from './case-panels.tsx'
import type { PanelName } from './case-panels.tsx'
import css from './case-page.module.css'
import { ContextColumn } from './context-column.tsx'
import { DataList } from './data-list.tsx'
import { DecisionBar } from './decision-bar.tsx'
import { FindingsList } from './findings-list.tsx'
import { ReasonGate } from './reason-gate.tsx'
import { RequestsList } from './requests-list.tsx'
import { Thumbnails } from './thumbnails.tsx'
import { useAhead } from './use-ahead.ts'
import { useAwake } from './use-awake.ts'
import { useChoices } from './use-choices.ts'
import { useDecide } from './use-decide.ts'
import { useLease } from './use-lease.ts'
import { useLost } from './use-lost.ts'
import { Viewer } from './viewer.tsx'

type Part = 'findings' | 'data' | 'context'

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
  if (!query.data) {
    return (
      <main className={css.alone}>
        {query.isError ? (
          <ProblemNotice error={query.error} title="Berkas tidak dapat dibuka." retry={() => void query.refetch()} />
        ) : (
          <SkeletonRows label="Memuat berkas" />
        )}
      </main>
    )
  }
  return <OneCase shown={query.data} reason={reason} onReason={setReason} onShowKeys={onShowKeys} />
}

function OneCase(props: {
  shown: Case
  reason: string | undefined
  onReason: (reason: string) => void
  onShowKeys: () => void
}) {
  const { shown, reason, onReason, onShowKeys } = props
  const { offlineSince, retry } = useLive()
  const [panel, setPanel] = useState<PanelName>()
  const [part, setPart] = useState<Part>('findings')
  const documents = shown.documents.filter((document) => document.supersededAt === undefined)
  const [opened, setOpened] = useState<string>()
  const document = documents.find((one) => one.id === opened) ?? documents[0]
  const readable = shown.mayRead || reason !== undefined
  const awake = useAwake(shown.id)
  const decide = useDecide(shown)
  const lost = useLost(shown, decide)
  const choices = useChoices(shown, { open: setPanel, decide })
  const current: PanelName | undefined = lost.lost ? 'lost' : panel
  const idle = current === undefined
  useLease(shown)
  useAhead(shown)
  // there before R is pressed, so that the letters after it find their reasons
  useReasons()

  // documents of a case taken ahead were fetched as such; the view log wants to know that they are shown now
  const prefetched = shown.claim?.prefetch === true
  const shownDocuments = documents.map((one) => one.id).join()
  useEffect(() => {
    if (prefetched && shownDocuments !== '') void logViews(shown.id, shownDocuments.split(',')).catch(() => undefined)
  }, [prefetched, shown.id, shownDocuments])

  const decisions = choices.filter((choice) => choice.keys !== undefined)
  useKeys(
    {
      ...Object.fromEntries(
        decisions.map((choice) => [
          choice.keys ?? '',
          () => {
            if (awake() && !offlineSince) choice.act()
          },
        ]),
      ),
      ...Object.fromEntries(documents.slice(0, 9).map((one, i) => [String(i + 1), () => setOpened(one.id)])),
    },
    idle,
  )
  const mayCorrect = shown.claim?.token !== undefined && shown.allowed.includes('correct') && shown.pupil !== null
  const tabs: readonly (readonly [Part, string])[] = [
    ['findings', `Temuan ${shown.findings.length}`],
    ['data', 'Data'],
    ['context', 'Pesan, riwayat'],
  ]

  return (
    <main className={css.page}>
      <CaseHead shown={shown} onShowKeys={onShowKeys} />
      <div className={css.body}>
        <Thumbnails
          application={shown.id}
          documents={readable ? documents : []}
          current={document?.id}
          reason={reason}
          onOpen={setOpened}
        />
        {!readable ? (
          <ReasonGate onGiven={onReason} />
        ) : document ? (
          <Viewer
            key={document.id}
            application={shown.id}
            document={document}
            all={documents}
            reason={reason}
            active={idle || current === 'return'}
          />
        ) : (
          <p className={css.none}>Tidak ada berkas.</p>
        )}
        <div className={css.side} data-part={part} inert={!idle}>
          <div className={css.tabs} role="group" aria-label="Isi berkas">
            {tabs.map(([name, label]) => (
              <button key={name} type="button" aria-pressed={part === name} onClick={() => setPart(name)}>
                {label}
              </button>
            ))}
          </div>
          <div className={css.data} role="region" tabIndex={0} aria-label="Data murid">
            <RequestsList shown={shown} />
            <div data-of="findings">
              <FindingsList shown={shown} />
            </div>
            <div data-of="data">
              <DataList shown={shown} active={idle} onCorrect={mayCorrect ? () => setPanel('correct') : undefined} />
            </div>
          </div>
          <aside className={css.context} tabIndex={0} aria-label="Keterangan lain">
            <ContextColumn shown={shown} />
          </aside>
        </div>
      </div>
      <DecisionBar
        choices={choices}
        held={whyNot(shown)}
        told={
          offlineSince ? (
            <>
              Sambungan terputus sejak {clock(offlineSince)}. Keputusan ditahan.{' '}
              <button type="button" className={css.link} onClick={retry}>
                Coba sekarang
              </button>
            </>
          ) : (
            decide.told
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
        onClose={() => {
          if (lost.lost) lost.dismiss()
          setPanel(undefined)
        }}
      />
    </main>
  )
}

/** Why the holder's acts are not there; undefined for the holder. */
function whyNot(shown: Case): string | undefined {
  const { claim, state, stage } = shown
  if (claim?.token !== undefined) return undefined
  if (claim) return `Sedang dikerjakan ${claim.name ?? 'operator lain'}, sampai ${clock(claim.leaseUntil)}`
  if (state === 'queued') return 'Menunggu giliran. Diambil dari antrean, sesuai urutan.'
  return `${stageName[stage]}, hanya dibaca`
}
