import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useReasonLabels } from '../client/case.ts'
import { useAllOperators } from '../client/office.ts'
import { DateField } from '../parts/date-field.tsx'
import { Page } from '../parts/page.tsx'
import css from '../parts/rows.module.css'
import { ListRegion, ListTable } from '../parts/table.tsx'
import type { Column } from '../parts/table.tsx'
import face from '../parts/text.module.css'
import { clock, isoDay } from '../words/time.ts'
import { AlarmList } from './alarm-list.tsx'
import { actionName, auditWords } from './audit.ts'
import page from './oversight-page.module.css'
import { useAudit, useKeyState } from './oversight.ts'
import type { AuditFilter, AuditLine } from './oversight.ts'

const KINDS = [
  { value: '', label: 'Semua' },
  { value: 'act', label: 'Tindakan' },
  { value: 'view', label: 'Pembacaan' },
  { value: 'office', label: 'Pengaturan' },
]
const ACTIONS = [
  { value: '', label: 'Semua tindakan' },
  ...Object.entries(actionName).map(([value, label]) => ({ value, label })),
]

/** Who read too much, who did what on a day, and how the keys stand. */
export function OversightPage() {
  const [filter, set] = useAuditFilter()
  // the address follows a moment later; what is typed stands at once
  const [ticket, setTicket] = useState(filter.ticket)
  const audit = useAudit(filter)
  const operators = useAllOperators()
  const labels = useReasonLabels()
  return (
    <Page title="Pengawasan">
      <ListRegion name="Pengawasan">
        <AlarmList />
        <p className={page.keys}>
          <Keys />
        </p>
        <div className={css.tools}>
          <DateField aria-label="Hari" value={filter.day} onChange={(day) => set({ day })} />
          <NativeSelect
            className={page.choice ?? ''}
            aria-label="Jenis"
            data={KINDS}
            value={filter.kind}
            onChange={(event) => set({ kind: event.currentTarget.value })}
          />
          <NativeSelect
            className={page.choice ?? ''}
            aria-label="Operator"
            data={[
              { value: '', label: 'Semua orang' },
              ...operators.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={filter.operator}
            onChange={(event) => set({ operator: event.currentTarget.value })}
          />
          <NativeSelect
            className={page.choice ?? ''}
            aria-label="Tindakan"
            data={ACTIONS}
            value={filter.action}
            onChange={(event) => set({ action: event.currentTarget.value })}
          />
          <TextInput
            aria-label="Nomor antrean"
            placeholder="Nomor antrean"
            maxLength={12}
            value={ticket}
            onChange={(event) => {
              setTicket(event.currentTarget.value)
              set({ ticket: event.currentTarget.value.trim() })
            }}
          />
          <span className={face.fill} />
          <a href="/api/jobs" target="_blank" rel="noreferrer">
            Antrean kerja server
          </a>
        </div>
        <ListTable
          query={audit}
          label="Catatan"
          empty="Tidak ada catatan pada hari ini"
          columns={columnsOf(labels)}
          keyOf={(line) => `${line.kind}/${line.id}`}
          height={{ wide: 41, phone: 90 }}
        />
      </ListRegion>
    </Page>
  )
}

const columnsOf = (labels: ReadonlyMap<string, string>): readonly Column<AuditLine>[] => [
  { head: 'Pukul', className: css.tight, cell: (line) => clock(line.at) },
  {
    head: 'Siapa',
    cell: ({ by }) => by.name ?? (by.kind === 'system' ? 'Sistem' : by.kind === 'coordinator' ? 'Sekolah' : by.id),
  },
  { head: 'Apa', cell: (line) => auditWords(line, labels) },
  {
    head: 'Berkas',
    className: face.mono,
    cell: ({ application: of }) => of && <Link to={`/berkas/${of.id}`}>{of.ticket ?? 'Buka'}</Link>,
  },
]

function Keys() {
  const keys = useKeyState().data
  if (!keys) return '\u00a0'
  if (keys.looked === 0) return 'Kunci data: belum ada berkas yang dapat diperiksa'
  return keys.stale === 0
    ? `Kunci data: semua dari ${keys.looked} berkas yang diperiksa memakai kunci sekarang`
    : `Kunci data: ${keys.stale} dari ${keys.looked} berkas yang diperiksa masih memakai kunci lama; penggantian belum selesai`
}

const NAMES = { day: 'hari', kind: 'jenis', operator: 'operator', action: 'tindakan', ticket: 'nomor' } as const

/** What the log is narrowed to, kept in the address: a reload and a shared link keep it. Without a day it is today. */
function useAuditFilter(): [AuditFilter, (change: Partial<AuditFilter>) => void] {
  const [params, setParams] = useSearchParams()
  const of = (name: keyof typeof NAMES) => params.get(NAMES[name]) ?? ''
  const filter: AuditFilter = {
    day: /^\d{4}-\d\d-\d\d$/.test(of('day')) ? of('day') : isoDay(new Date()),
    kind: of('kind'),
    operator: of('operator'),
    action: of('action'),
    ticket: of('ticket'),
  }
  return [
    filter,
    (change) => {
      const next = new URLSearchParams(params)
      for (const [name, value] of Object.entries(change) as [keyof AuditFilter, string][]) {
        if (value === '') next.delete(NAMES[name])
        else next.set(NAMES[name], value)
      }
      setParams(next, { replace: true })
    },
  ]
}
