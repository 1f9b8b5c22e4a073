import { Button } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import type { Case } from '../client/case.ts'
import { copyText } from '../parts/copy-text.ts'
import { Notice } from '../parts/notice.tsx'
import { draftOf } from './draft.ts'
import css from './note-panel.module.css'
import { Panel } from './panel.tsx'
import { endOf } from './use-lost.ts'

/** The claim has gone to somebody else or run out: nothing was sent, and what was typed is still here. */
export function LostClaim(props: { shown: Case; onNext: () => void; onClose: () => void }) {
  const { shown, onNext, onClose } = props
  const { note } = draftOf(shown.id)
  const end = endOf(shown)
  const ticket = shown.ticket ?? ''
  const title =
    shown.claim?.name !== undefined && shown.claim.token === undefined
      ? `Berkas ${ticket} sudah diambil ${shown.claim.name}.`
      : end?.action === 'expire'
        ? `Waktu klaim ${ticket} habis.`
        : `Klaim Anda atas ${ticket} diakhiri ${end?.by.name ?? 'penyelia'}.`
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
        <Notice tone="check" urgent title={title}>
          {end?.action === 'release' && end.note && <p>“{end.note}”</p>}
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
