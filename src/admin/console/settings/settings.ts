import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PolicyBody, PolicyPreview, SettingsBody, SettingsView } from '../../contract/settings.ts'
import { deeds } from '../client/deeds.ts'
import { newTransaction, request } from '../client/request.ts'
import { useOffer } from '../shell/undo.tsx'

export type { PolicyBody, SettingsView }

const SUBJECT = 'settings'
export type SetReason = SettingsView['returnReasons'][number]

export function useSettings() {
  return useQuery({ queryKey: ['settings'], queryFn: () => request<SettingsView>('GET', '/api/settings') })
}

/** What an undo writes back; undefined where a rule forbids it: a reason that is new is never taken away. */
function formerly(before: SettingsView, change: SettingsBody): Omit<SettingsBody, 'rev'> | undefined {
  if ((change.returnReasons?.length ?? 0) > before.returnReasons.length) return undefined
  const { holidays, returnReasons, fairness } = before
  return {
    ...(change.holidays && { holidays }),
    ...(change.returnReasons && { returnReasons }),
    ...(change.fairness && { fairness }),
  }
}
const changedWords = (change: SettingsBody): string =>
  change.holidays ? 'Hari libur diubah' : change.fairness ? 'Urutan pelayanan diubah' : 'Alasan pengembalian diubah'

/** Stores a change, and offers to take it back by one more change, which is logged as any. */
export function useChangeSettings() {
  const client = useQueryClient()
  const offer = useOffer()
  const change = (body: SettingsBody) => request<SettingsView>('PUT', '/api/settings', body)
  const show = (settings: SettingsView) => {
    client.setQueryData(['settings'], settings)
    for (const key of ['reasons', 'office']) void client.invalidateQueries({ queryKey: [key] })
  }
  return useMutation({
    mutationFn: async (body: SettingsBody) => {
      await deeds.settled(SUBJECT)
      const before = client.getQueryData<SettingsView>(['settings'])
      return { before, settings: await change(body) }
    },
    onSuccess: ({ before, settings }, body) => {
      show(settings)
      const former = before && formerly(before, body)
      if (!former) return
      offer({
        transaction: newTransaction(),
        subject: SUBJECT,
        name: 'Pengaturan',
        words: changedWords(body),
        answer: Promise.resolve(),
        undo: async () => show(await change({ rev: settings.rev, ...former })),
      })
    },
    onError: () => client.invalidateQueries({ queryKey: ['settings'] }),
  })
}

/** What waits now, had it all come under the policy that holds, and under this one. */
export function usePolicyPreview(wish: PolicyBody | undefined) {
  return useQuery({
    queryKey: ['policy-preview', wish],
    queryFn: () => request<PolicyPreview>('POST', '/api/settings/fairness-preview', wish),
    enabled: wish !== undefined,
    placeholderData: (known) => known,
    gcTime: 0,
  })
}
