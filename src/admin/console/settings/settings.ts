import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PolicyBody, PolicyPreview, SettingsBody, SettingsView } from '../../contract/settings.ts'
import { request } from '../client/request.ts'

export type { PolicyBody, SettingsView }
export type SetReason = SettingsView['returnReasons'][number]

export function useSettings() {
  return useQuery({ queryKey: ['settings'], queryFn: () => request<SettingsView>('GET', '/api/settings') })
}

export function useChangeSettings() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: SettingsBody) => request<SettingsView>('PUT', '/api/settings', body),
    onSuccess: (settings) => {
      client.setQueryData(['settings'], settings)
      for (const key of ['reasons', 'office']) void client.invalidateQueries({ queryKey: [key] })
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
