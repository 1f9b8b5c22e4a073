import { ActionIcon, Button } from '@mantine/core'
import { IconCheck, IconCopy, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import type { Case } from '../../client/case.ts'
import { useKeys } from '../../keys/use-keys.ts'
import { copyText } from '../../parts/copy-text.ts'
import { IdentityNumber } from '../../parts/identity-number.tsx'
import { KeyHint } from '../../parts/key-hint.tsx'
import { SeverityIcon } from '../../parts/severity-icon.tsx'
import css from './data-list.module.css'
import { ExportCase } from './export-case.tsx'
import { fieldsOf, textForSiak } from './fields.ts'

/** The data beside the documents: every field is copied by one tap, those for SIAK together by C. */
export function DataList(props: {
  shown: Case
  reason: string | undefined
  active: boolean
  onCorrect: (() => void) | undefined
}) {
  const { shown, reason, active, onCorrect } = props
  const [copied, setCopied] = useState<string>()
  const fields = fieldsOf(shown)
  const copy = (name: string, text: string) => {
    void copyText(text).then(() => setCopied(name))
  }
  const copyForSiak = () => copy('siak', textForSiak(shown))
  // half a number is of no use anywhere
  const masked = shown.pupil?.masked === true
  useKeys({ ...(masked ? {} : { C: copyForSiak }), ...(onCorrect ? { E: onCorrect } : {}) }, active)
  if (fields.length === 0) return <p className={css.none}>Data pribadi sudah dihapus sesuai masa simpan.</p>
  return (
    <section className={css.data} aria-label="Data">
      <header>
        <h2>Data</h2>
        {!masked && (
          <Button
            leftSection={copied === 'siak' ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            rightSection={<KeyHint keys="C" />}
            aria-keyshortcuts="C"
            onClick={copyForSiak}
          >
            Salin untuk SIAK
          </Button>
        )}
        {onCorrect && (
          <Button
            variant="subtle"
            leftSection={<IconPencil size={16} aria-hidden />}
            aria-keyshortcuts="E"
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
                    <span className={css.unseen}>ada temuan</span>
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
      <p className={css.unseen} role="status">
        {copied === undefined ? '' : 'Tersalin'}
      </p>
    </section>
  )
}
