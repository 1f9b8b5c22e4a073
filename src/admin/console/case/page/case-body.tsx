import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Case, CaseDocument } from '../../client/case.ts'
import { useMe } from '../../client/session.ts'
import { hinted } from '../../keys/key-hint.tsx'
import type { PanelSurface } from '../../keys/table.ts'
import { useKeys } from '../../keys/use-keys.ts'
import { Notice, ReasonGate } from '../../parts/notices.tsx'
import { clock, moment } from '../../words/time.ts'
import type { PanelName } from '../panels/case-panels.tsx'
import { ContextColumn } from '../side/context-column.tsx'
import { DataList } from '../side/data-list.tsx'
import { ExportCase } from '../side/export-case.tsx'
import { FindingsList, useExamine, wrongOf } from '../side/findings-list.tsx'
import { listedOf, marksOf } from '../side/findings.ts'
import { isPortraitDue, PortraitPair } from '../side/portrait-pair.tsx'
import { RenewalList } from '../side/renewal-list.tsx'
import { renewalOf } from '../side/renewal.ts'
import type { Filing } from '../viewer/filing.ts'
import { Thumbnails } from '../viewer/thumbnails.tsx'
import type { Opened } from '../viewer/use-opened.ts'
import { Viewer } from '../viewer/viewer.tsx'
import css from './case-page.module.css'
import type { CorrectField } from './draft.ts'

type Part = 'findings' | 'data' | 'context'

/** Documents on the left, and beside them what they are compared with. */
export function CaseBody(props: {
  shown: Case
  documents: readonly CaseDocument[]
  readable: boolean
  reason: string | undefined
  onReason: (reason: string) => void
  /** No panel lies over the data. */
  idle: boolean
  /** Whose keys look at the document: the page's, or those of the panel that lies over the data. */
  surface: 'case' | PanelSurface
  opened: Opened
  filing: Filing | undefined
  open: (panel: PanelName) => void
  /** Back to the photo station, where the case is worked at it. */
  onStation: (() => void) | undefined
}) {
  const { shown, documents, readable, reason, onReason, idle, surface, opened, filing, open, onStation } = props
  const [part, setPart] = useState<Part>('data')
  useKeys('case', {
    document: (key) => {
      const one = documents[Number(key) - 1]
      return one ? opened.open(one.id) : `Tidak ada berkas ${key}.`
    },
    ...(onStation && { station: onStation }),
  })
  const mayRemark = shown.claim?.token !== undefined && shown.allowed.includes('correct')
  const onCorrect =
    mayRemark && shown.pupil !== null ? (field: CorrectField = 'nik') => open(`correct ${field}`) : undefined
  const examine = useExamine(shown)
  const listed = listedOf(shown)
  const tabs: readonly (readonly [Part, string])[] = [
    ['data', 'Data'],
    ['findings', `Temuan ${listed.findings.length + Math.min(1, listed.unread.length)}`],
    ['context', 'Pesan, riwayat'],
  ]
  const renewal = renewalOf(shown)
  const taken = isPortraitDue(shown)
  const portrait = readable && <PortraitPair shown={shown} reason={reason} />
  return (
    <div className={css.body}>
      <Thumbnails
        application={shown.id}
        documents={readable ? documents : []}
        fresh={renewal?.documents ?? []}
        desk={opened.desk}
        reason={reason}
        filing={filing}
        onOpen={opened.open}
        onSplit={(id) => {
          opened.open(id)
          open('split')
        }}
      />
      {!readable ? (
        <ReasonGate title="Berkas ini bukan pekerjaan Anda sekarang" submit="Buka berkas" onGiven={onReason} />
      ) : opened.desk ? (
        <Viewer
          application={shown.id}
          opened={opened}
          desk={opened.desk}
          all={documents}
          marks={marksOf(shown)}
          reason={reason}
          surface={surface}
          onMove={filing && (() => open('move'))}
        />
      ) : (
        <p className={css.none}>Tidak ada berkas.</p>
      )}
      <div className={css.side} data-part={part} data-viewed={readable && opened.desk !== undefined} inert={!idle}>
        <div className={css.tabs} role="group" aria-label="Isi berkas">
          {tabs.map(([name, label]) => (
            <button key={name} type="button" aria-pressed={part === name} onClick={() => setPart(name)}>
              {label}
            </button>
          ))}
        </div>
        <div className={css.data} role="region" tabIndex={0} aria-label="Data murid">
          {onStation && (
            <p className={css.section}>
              <Button {...hinted('case', 'station')} onClick={onStation}>
                Kembali ke edit foto
              </Button>
            </p>
          )}
          <RequestsList shown={shown} />
          {renewal && <RenewalList shown={shown} renewal={renewal} onOpen={opened.open} />}
          <div data-of="data">
            <DataList shown={shown} reason={reason} onCorrect={onCorrect && (() => onCorrect(wrongOf(shown)))} />
          </div>
          <NotesList shown={shown} />
          {taken && portrait}
          <div data-of="findings">
            <FindingsList
              shown={shown}
              reason={reason}
              examine={mayRemark ? examine : undefined}
              onCorrect={onCorrect}
              onRemark={mayRemark ? () => open('remark') : undefined}
            />
          </div>
          {!taken && portrait}
          <ExportCase shown={shown} reason={shown.mayRead ? undefined : reason} />
        </div>
        <aside className={css.context} tabIndex={0} aria-label="Keterangan lain">
          <ContextColumn shown={shown} reason={reason} readable={readable} />
        </aside>
      </div>
    </div>
  )
}

/** What colleagues have left for whoever works the case next, the latest first. */
function NotesList({ shown }: { shown: Case }) {
  const me = useMe()
  const notes = shown.history.filter((entry) => entry.subject === 'note' && entry.note !== undefined).toReversed()
  if (notes.length === 0) return null
  return (
    <section className={css.section} aria-label="Catatan petugas">
      <header>
        <h2>Catatan petugas</h2>
      </header>
      {notes.map((entry) => (
        <p key={entry.seq} className={css.note}>
          {entry.note}
          <span>
            {entry.by.id === me.id ? 'Anda' : (entry.by.name ?? 'Operator')}, {moment(entry.at, new Date())}
          </span>
        </p>
      ))}
    </section>
  )
}

/** What the school asked for while somebody held the case. */
function RequestsList({ shown }: { shown: Case }) {
  const asked = shown.requests.filter((request) => request.kind !== 'note')
  if (asked.length === 0) return null
  return (
    <section className={css.section} aria-label="Permintaan sekolah">
      {asked.map((request) => (
        <Notice
          key={request.id}
          tone={request.kind === 'cancel' ? 'check' : 'note'}
          title={
            request.kind === 'cancel'
              ? `Sekolah meminta pembatalan, ${clock(request.at)}`
              : request.from === undefined
                ? `Sekolah mengirim ${request.files?.length ?? 0} berkas lagi, ${clock(request.at)}`
                : `Berkas dipindahkan operator dari ${request.from}, ${clock(request.at)}`
          }
        >
          {request.note && <p>“{request.note}”</p>}
        </Notice>
      ))}
    </section>
  )
}
