import { Button, Modal } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { copyText } from './copy-text.ts'
import css from './rows/table.module.css'

export type Secret = { title: string; value: string; explained: string }

/** A code or password that the server tells once only. */
export function SecretDialog({ secret, onClose }: { secret: Secret | undefined; onClose: () => void }) {
  const [copied, setCopied] = useState(false)
  return (
    <Modal opened={secret !== undefined} onClose={onClose} title={secret?.title}>
      <div className={css.form}>
        <p className={css.secret}>{secret?.value}</p>
        <p className={css.dim}>{secret?.explained}</p>
        <Button
          variant="filled"
          leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          onClick={() => void copyText(secret?.value ?? '').then(() => setCopied(true))}
        >
          {copied ? 'Tersalin' : 'Salin'}
        </Button>
      </div>
    </Modal>
  )
}
