import { Button } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import type { Case } from '../client/case.ts'
import { copyText } from '../parts/copy-text.ts'
import { Notice } from '../parts/notice.tsx'
import { draftOf } from './draft.ts'
import css from './note-panel.module.css'
import { Panel } from './panel.tsx'

/** The claim has gone to somebody else or run out: nothing was sent, and what was typed is still here. */
export function LostClaim(props: { shown: Case; onNext: () => void; onClose: () => void }) {
  const { shown, onNext, onClose } = props
  const { note } = draftOf(shown.id)
  const by = shown.claim?.name
  return (
    <Panel
      title="Klaim berakhir"
      submit="Ambil berikutnya"
      close="Tetap lihat"
      ready
      busy={false}
      onSubmit={onNext}
      onClose={onClose}
    >
      <div className={css.body}>
        <Notice
          tone="check"
          urgent
          title={by ? `Berkas ${shown.ticket ?? ''} sudah diambil ${by}.` : `Waktu klaim ${shown.ticket ?? ''} habis.`}
        >
          <p>Tidak ada yang dikirim ke sekolah.</p>
        </Notice>
        {note !== '' && (
          <>
            <p className={css.dim}>Ketikan Anda, tersimpan di sini</p>
            <p>{note}</p>
            <Button
              justify="flex-start"
              leftSection={<IconCopy size={16} aria-hidden />}
              onClick={() => void copyText(note)}
            >
              Salin
            </Button>
          </>
        )}
      </div>
    </Panel>
  )
}
