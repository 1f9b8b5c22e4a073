import type { RefObject } from 'react'
import type { Case } from '../../client/case.ts'
import { newTransaction } from '../../client/request.ts'
import { isSupervisor } from '../../client/rights.ts'
import { useMe } from '../../client/session.ts'
import type { PanelName } from '../panels/case-panels.tsx'
import type { SaveFirst } from '../photo/photo-body.tsx'
import type { Confirm } from './confirm.tsx'
import type { Choice } from './decision-bar.tsx'
import type { Decide } from './use-decide.ts'

/**
 * What may be done with a case as it stands: by its holder, or by who may act on what nobody holds. The server's
 * `allowed` says what the roles may do in this stage.
 */
export function useChoices(
  shown: Case,
  on: {
    open: (panel: PanelName) => void
    decide: Decide
    confirm: Confirm
    /** At the photo station: what has to be kept before the photo is approved. */
    saveFirst: RefObject<SaveFirst | undefined> | undefined
  },
): readonly Choice[] {
  const me = useMe()
  const { open, decide, confirm, saveFirst } = on
  const approve = (despite: readonly string[]) => {
    if (!saveFirst) return decide.approve(false, despite)
    const save = saveFirst.current
    if (!save) return 'Foto belum tampil. L membuka berkas, bila foto tidak dapat dibuka.'
    void save().then((kept) => kept && decide.approve(false, despite))
    return undefined
  }
  const yes = confirm.question ? 'Tetap setujui' : undefined
  const may = (action: Case['allowed'][number]) => shown.allowed.includes(action)
  const supervisor = isSupervisor(me.roles)
  const { stage, state, claim } = shown

  if (claim?.token !== undefined) {
    const wantsCancel = shown.requests.some((request) => request.kind === 'cancel') && may('cancel')
    return [
      ...(may('approve') && !shown.hindrance
        ? [
            {
              name: yes ?? (saveFirst ? 'Setujui foto' : 'Setujui'),
              key: 'approve' as const,
              main: true,
              act: () => confirm.ask(approve),
            },
          ]
        : []),
      ...(may('return')
        ? [
            {
              name: saveFirst ? 'Minta foto baru' : 'Kembalikan',
              key: 'return' as const,
              main: true,
              act: () => open('return'),
            },
          ]
        : []),
      ...(may('reject')
        ? [{ name: 'Tolak', key: 'reject' as const, act: () => open('reject') }]
        : may('propose_reject')
          ? [{ name: 'Usulkan tolak', key: 'reject' as const, act: () => open('reject') }]
          : []),
      ...(confirm.question
        ? [{ name: 'Belum', key: 'release' as const, act: confirm.drop }]
        : may('release')
          ? [{ name: 'Lepas', key: 'release' as const, act: () => open('release') }]
          : []),
      ...(wantsCancel ? [{ name: 'Batalkan permohonan', act: () => open('cancel') }] : []),
      ...(stage === 'verification' && may('approve')
        ? [
            {
              name: 'Setujui tanpa edit foto',
              key: 'approveUnedited' as const,
              aside: true,
              act: () => confirm.ask((despite) => decide.approve(true, despite)),
            },
          ]
        : []),
      ...(stage === 'printing' && may('misprint') ? [{ name: 'Salah cetak', act: () => open('misprint') }] : []),
    ]
  }
  if (claim !== undefined) {
    return [
      ...(supervisor ? [{ name: 'Akhiri klaim', rare: true, act: () => open('take-back') }] : []),
      ...(may('reassign') ? [{ name: 'Alihkan klaim', rare: true, act: () => open('reassign') }] : []),
    ]
  }
  return [
    ...(shown.attention === 'reject-proposed' && state === 'idle' && supervisor
      ? [
          { name: 'Kembalikan ke antrean', main: true, act: () => open('put-back') },
          { name: 'Tolak', main: true, act: () => open('reject-idle') },
        ]
      : []),
    ...(stage === 'returned' && may('put_back')
      ? [{ name: 'Kembalikan ke antrean', act: () => open('put-back') }]
      : []),
    ...(state === 'queued' && may('move_front')
      ? [{ name: 'Dahulukan', rare: true, act: () => open('move-front') }]
      : []),
    ...(stage === 'handed_over' && may('receive')
      ? [
          {
            name: 'Sudah diterima murid',
            act: () =>
              decide.stay(
                { act: 'receive', transactionId: newTransaction() },
                'Tercatat diterima.',
                () => undefined,
                `${shown.ticket} diterima murid`,
              ),
          },
        ]
      : []),
    ...(stage === 'ready' && may('hand_over') ? [{ name: 'Serahkan', main: true, act: () => open('hand-over') }] : []),
    ...(stage === 'ready' && may('misprint') ? [{ name: 'Salah cetak', act: () => open('misprint') }] : []),
  ]
}
