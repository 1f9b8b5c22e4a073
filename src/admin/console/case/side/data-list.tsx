import { ActionIcon, Button } from '@mantine/core'
import { IconCheck, IconCopy, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import type { Case } from '../../client/case.ts'
import { hinted, shortcut } from '../../keys/key-hint.tsx'
import { useKeys } from '../../keys/use-keys.ts'
import { FormatButtons } from '../../parts/buttons.tsx'
import { IdentityNumber, SeverityIcon } from '../../parts/marks.tsx'
import { ProblemNotice } from '../../parts/notices.tsx'
import { copyText } from '../../parts/take-away.ts'
import face from '../../parts/text.module.css'
import { useCaseExport } from '../../search/search.ts'
import css from './context-column.module.css'
import { fieldsOf, textForSiak } from './fields.ts'

/** The data beside the documents: every field is copied by one tap, those for SIAK together by C. */
export function DataList(props: { shown: Case; reason: string | undefined; onCorrect: (() => void) | undefined }) {
  const { shown, reason, onCorrect } = props
  const [copied, setCopied] = useState<string>()
  const fields = fieldsOf(shown)
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
        {fields.map((field) => {
          const finding = shown.findings.find((one) => one.field === field.name)
          return (
            <div key={field.name}>
              <dt>{field.label}</dt>
              <dd data-warned={finding !== undefined}>
                {field.number ? <IdentityNumber value={field.shown} strong={finding !== undefined} /> : field.shown}
                {finding && (
                  <span style={{ color: `var(--${finding.severity})` }}>
                    <SeverityIcon severity={finding.severity} over="var(--surface)" />
                    <span className={face.unseen}>ada temuan</span>
                  </span>
                )}
              </dd>
              <dd>
                {!(masked && field.number) && (
                  <ActionIcon
                    className={css.copy}
                    aria-label={`Salin ${field.label}`}
                    onClick={() => copy(field.name, field.copied)}
                  >
                    {copied === field.name ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
                  </ActionIcon>
                )}
              </dd>
            </div>
          )
        })}
      </dl>
      {!masked && <ExportCase shown={shown} reason={shown.mayRead ? undefined : reason} />}
      <p className={face.unseen} role="status">
        {copied === undefined ? '' : 'Tersalin'}
      </p>
    </section>
  )
}

/** The case as a file of one row; the server notes who took it. `reason`: why it was opened, where it is not one's own. */
function ExportCase({ shown, reason }: { shown: Case; reason: string | undefined }) {
  const save = useCaseExport()
  return (
    <>
      {save.isError && <ProblemNotice error={save.error} title="Berkas tidak dapat diunduh." />}
      <FormatButtons
        pending={save.isPending ? save.variables.format : undefined}
        label="Unduh satu baris"
        title="Unduhan dicatat"
        onSave={(format) => save.mutate({ id: shown.id, format, ...(reason === undefined ? {} : { reason }) })}
      />
    </>
  )
}
