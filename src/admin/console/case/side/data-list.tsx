import { ActionIcon, Button } from '@mantine/core'
import { IconCheck, IconCopy, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { pictureOf } from '../../client/case.ts'
import type { Case } from '../../client/case.ts'
import { pictureSource } from '../../client/pictures.ts'
import { hinted, shortcut } from '../../keys/key-hint.tsx'
import { useKeys } from '../../keys/use-keys.ts'
import { IdentityNumber, PlainBadge, SeverityIcon } from '../../parts/marks.tsx'
import { copyText } from '../../parts/take-away.ts'
import face from '../../parts/text.module.css'
import { documentName } from '../../words/document.ts'
import { birthDay } from '../../words/time.ts'
import css from './data-list.module.css'
import { strangers } from './difference.ts'
import { fieldsOf, textForSiak } from './fields.ts'
import type { Field } from './fields.ts'
import { readBeside } from './read-beside.ts'
import type { ReadBeside } from './read-beside.ts'
import { ReadingCut } from './reading-cut.tsx'
import { renewalOf } from './renewal.ts'

/**
 * What was typed, beside the documents and with what was read there of each value: every field is copied by one tap,
 * those for SIAK together by C.
 */
export function DataList(props: { shown: Case; reason: string | undefined; onCorrect: (() => void) | undefined }) {
  const { shown, reason, onCorrect } = props
  const [copied, setCopied] = useState<string>()
  const fields = fieldsOf(shown)
  const read = readBeside(shown)
  const renewed = renewalOf(shown)?.changes.map(({ field }) => field) ?? []
  const copy = (name: string, text: string) => {
    void copyText(text).then(() => setCopied(name))
  }
  const copyForSiak = () => copy('siak', textForSiak(shown))
  // half a number is of no use anywhere
  const masked = shown.pupil?.masked === true
  useKeys('case', {
    ...(!masked && fields.length > 0 && { copy: copyForSiak }),
    ...(onCorrect && { correct: onCorrect }),
  })
  if (fields.length === 0) return <p className={css.none}>Data pribadi sudah dihapus sesuai masa simpan.</p>
  return (
    <section className={css.data} aria-label="Data">
      <header>
        <h2>Data</h2>
        {!masked && (
          <Button
            leftSection={copied === 'siak' ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            {...hinted('case', 'copy')}
            onClick={copyForSiak}
          >
            Salin untuk SIAK
          </Button>
        )}
        {onCorrect && (
          <Button
            variant="subtle"
            leftSection={<IconPencil size={16} aria-hidden />}
            aria-keyshortcuts={shortcut('case', 'correct')}
            onClick={onCorrect}
          >
            Ubah data
          </Button>
        )}
      </header>
      <dl className={css.list}>
        {fields.map((field) => (
          <Row
            key={field.name}
            shown={shown}
            reason={reason}
            field={field}
            read={read.get(field.name) ?? []}
            renewed={renewed.includes(field.name)}
            copied={copied === field.name}
            onCopy={masked && field.number ? undefined : () => copy(field.name, field.copied)}
          />
        ))}
        {READ_ONLY.map(({ name, label }) => {
          const [first, ...rest] = fields.some((field) => field.name === name) ? [] : (read.get(name) ?? [])
          if (!first) return null
          const { value } = first.value
          const field = { name, label, shown: value, copied: value, number: name === 'kk' }
          return (
            <Row
              key={name}
              shown={shown}
              reason={reason}
              field={field}
              read={[first, ...rest].filter((one) => one.value.value === value)}
              only
              renewed={false}
              copied={copied === name}
              onCopy={() => copy(name, value)}
            />
          )
        })}
      </dl>
      <p className={face.unseen} role="status">
        {copied === undefined ? '' : 'Tersalin'}
      </p>
    </section>
  )
}

/** What nobody types always, and the papers say. */
const READ_ONLY = [
  { name: 'kk', label: 'Nomor KK' },
  { name: 'akta', label: 'Nomor akta' },
] as const

/** One value; what the papers say stands behind it where it is the same, and below it, letter under letter, where not. */
function Row(props: {
  shown: Case
  reason: string | undefined
  field: Field
  read: readonly ReadBeside[]
  /** It stands on the papers alone. */
  only?: boolean
  renewed: boolean
  copied: boolean
  onCopy: (() => void) | undefined
}) {
  const { shown, reason, field, read, only = false, renewed, copied, onCopy } = props
  const finding = shown.findings.find((one) => one.field === field.name)
  const same = read.filter((one) => one.agrees)
  const others = read.filter((one) => !one.agrees)
  const against = others[0] && spoken(others[0])
  const warned = finding !== undefined || others.length > 0
  return (
    <div>
      <dt>{field.label}</dt>
      <dd className={css.typed} data-warned={warned}>
        <Value field={field} value={field.shown} against={against} strong={warned} />
        {finding && (
          <span style={{ color: `var(--${finding.severity})` }}>
            <SeverityIcon severity={finding.severity} over="var(--surface)" />
            <span className={face.unseen}>ada temuan</span>
          </span>
        )}
        {renewed && <PlainBadge>baru</PlainBadge>}
        {same.length > 0 && (
          <span className={css.same}>
            <IconCheck size={14} aria-hidden />
            {only ? 'terbaca pada ' : <span className={face.unseen}>sama dengan </span>}
            {named(same, shown)}
          </span>
        )}
      </dd>
      <dd>
        {onCopy && (
          <ActionIcon className={css.copy} aria-label={`Salin ${field.label}`} onClick={onCopy}>
            {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          </ActionIcon>
        )}
      </dd>
      {others.map((one, i) => (
        <dd key={i} className={css.other}>
          <span>
            <Value field={field} value={spoken(one)} against={field.shown} />
            <span className={css.where}>
              <SeverityIcon severity="check" over="var(--surface)" />
              beda pada {named([one], shown)}
            </span>
          </span>
          <ReadingCut
            address={pictureSource(
              shown.id,
              pictureOf(shown.id, one.document, 'full', { reason, page: one.value.page }),
            )}
            box={one.value.box}
            name={`Potongan ${named([one], shown)}: ${field.label}`}
            high={36}
          />
        </dd>
      ))}
    </div>
  )
}

const spoken = ({ value: { field, value } }: ReadBeside): string => (field === 'birthDate' ? birthDay(value) : value)
const named = (read: readonly ReadBeside[], shown: Case): string =>
  [...new Set(read.map(({ document }) => documentName(document, shown.documents, 'short')))].join(', ')

/** A value, in which what another one has not is underlined. */
function Value(props: { field: Field; value: string; against?: string | undefined; strong?: boolean }) {
  const { field, value, against, strong = false } = props
  if (field.number) return <IdentityNumber value={value} strong={strong} against={against} />
  if (against === undefined) return value
  const strange = strangers(value, against)
  return <span>{value.split('').map((letter, i) => (strange[i] ? <u key={i}>{letter}</u> : letter))}</span>
}
