import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { WhatsappPairBody, WhatsappView } from '../../contract/whatsapp.ts'
import { requestFile, request } from '../client/request.ts'

/** A QR string lives for 20 s: nobody tells when the next has come, so it is asked for. */
const PAIRING_MS = 2_000
const QUIET_MS = 10_000

export function useWhatsapp() {
  return useQuery({
    queryKey: ['whatsapp'],
    queryFn: () => request<WhatsappView>('GET', '/api/whatsapp'),
    refetchInterval: ({ state }) => (state.data?.state === 'open' ? QUIET_MS : PAIRING_MS),
  })
}

export function usePairWhatsapp() {
  return useWish((body: WhatsappPairBody) => request<null>('POST', '/api/whatsapp/pair', body))
}
export function useUnlinkWhatsapp() {
  return useWish(() => request<null>('POST', '/api/whatsapp/unlink'))
}

function useWish<In>(wish: (body: In) => Promise<null>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: wish, onSuccess: () => client.invalidateQueries({ queryKey: ['whatsapp'] }) })
}

/** The PDF for a school's letter, with a new invitation code, as an address of this page. */
export async function invitationSheet(npsn: string, wish: { days: number; uses: number }): Promise<string> {
  return URL.createObjectURL(await requestFile(`/api/schools/${encodeURIComponent(npsn)}/invitation-sheet`, wish))
}
