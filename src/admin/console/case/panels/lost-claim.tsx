import { Button } from '@mantine/core'
import { IconNote } from '@tabler/icons-react'
import { useState } from 'react'
import { useAct } from '../../client/case.ts'
import type { Case } from '../../client/case.ts'
import { useLive } from '../../client/live.tsx'
import { newTransaction } from '../../client/request.ts'
import { Notice } from '../../parts/notices.tsx'
import { copyText } from '../../parts/take-away.ts'
import { clock } from '../../words/time.ts'
import { endOf, ranOut } from '../page/claim.ts'
import { draftOf, dropDraft, typedIn } from '../page/draft.ts'
import { Panel, PanelBody } from './panel.tsx'
import css from './panels.module.css'

/** The claim has gone to somebody else or run out: nothing was sent, and what was typed is still here. */
export function LostClaim({ shown, onNext, onClose }: { shown: Case; onNext: () => void; onClose: () => void }) {
  // an act of its own: while one of the case goes on, this panel would not be there
  const act = useAct(shown.id)
  const { offlineSince } = useLive()
  const [transactionId] = useState(newTransaction)
  const note = typedIn(draftOf(shown.id))
  // a decision that waits for its undo would lose it by a note
  const mayRemark = shown.allowed.includes('correct') && shown.state !== 'idle'
  const [copied, setCopied] = useState(false)
  const end = ranOut(shown) ? undefined : endOf(shown)
  const ticket = shown.ticket ?? ''
  const title =
    end?.action === 'reassign' && end.holder
      ? `Klaim Anda atas ${ticket} dialihkan ${end.by.name ?? 'penyelia'} ke ${end.holder.name ?? 'rekan'}.`
      : shown.claim?.name !== undefined && shown.claim.token === undefined
        ? `Berkas ${ticket} sudah diambil ${shown.claim.name}.`
        : ranOut(shown) || end?.action === 'expire'
          ? `Waktu klaim ${ticket} habis.`
          : `Klaim Anda atas ${ticket} diakhiri ${end?.by.name ?? 'penyelia'}.`
  const typed = note !== ''
  const next = { submit: 'Ambil berikutnya', onSubmit: onNext }
  // the key that was on its way when the claim ended must not leave behind what was typed
  const keep = {
    submit: copied ? 'Tersalin' : 'Salin ketikan',
    onSubmit: () => void copyText(note).then(() => setCopied(true)),
  }
  return (
    <Panel
      surface="lost"
      title="Klaim berakhir"
      {...(typed ? keep : next)}
      close="Tetap lihat"
      aside={
        typed && (
          <Button variant="subtle" size="md" onClick={onNext}>
            Ambil berikutnya
          </Button>
        )
      }
      ready
      busy={false}
      onClose={onClose}
    >
      <PanelBody error={act.error}>
        <Notice tone="check" urgent title={title}>
          {(end?.action === 'release' || end?.action === 'reassign') && end.note && <p>“{end.note}”</p>}
          <p>{end && `Pukul ${clock(end.at)}. `}Tidak ada yang dikirim ke sekolah.</p>
        </Notice>
        {typed && (
          <>
            <p className={css.dim}>Ketikan Anda, tersimpan di sini</p>
            <p className={css.typed}>{note}</p>
            {mayRemark && (
              <Button
                justify="flex-start"
                leftSection={<IconNote size={16} aria-hidden />}
                loading={act.isPending}
                disabled={offlineSince !== undefined}
                onClick={() =>
                  act.mutate(
                    { act: 'notes', note, transactionId },
                    {
                      onSuccess: () => {
                        dropDraft(shown.id)
                        onClose()
                      },
                    },
                  )
                }
              >
                Simpan sebagai catatan petugas
              </Button>
            )}
          </>
        )}
      </PanelBody>
    </Panel>
  )
}
