import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { WhatsappPairBody, WhatsappView } from '../../contract/whatsapp.ts'
import { request, requestFile } from '../client/request.ts'

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

type State = WhatsappView['state']
type Alert = NonNullable<WhatsappView['alert']>

const STATES: Record<State, { name: string; explained: string }> = {
  off: { name: 'Tidak dinyalakan', explained: 'Petugas teknis menyalakannya dengan WHATSAPP=baileys.' },
  pairing: { name: 'Menunggu disambungkan', explained: 'Pindai kode QR dengan ponsel kantor.' },
  connecting: { name: 'Menyambung', explained: 'Biasanya selesai dalam beberapa detik.' },
  open: { name: 'Tersambung', explained: 'Pesan sekolah masuk dan dijawab.' },
  waiting: {
    name: 'Terputus sementara',
    explained: 'Layanan mencoba lagi sendiri. Pesan yang belum terkirim menunggu.',
  },
  stopped: { name: 'Berhenti', explained: 'Layanan tidak mencoba lagi sebelum Anda memintanya.' },
}
const ALERTS: Record<Alert, { title: string; what: string }> = {
  unlinked: {
    title: 'Nomor kantor terputus dari layanan (401).',
    what: 'Perangkat tertaut dihapus dari ponsel. Sambungkan lagi dengan kode QR di bawah.',
  },
  banned: {
    title: 'WhatsApp menolak nomor kantor (403).',
    what: 'Kemungkinan besar nomor diblokir. Buka WhatsApp di ponsel kantor dan ajukan peninjauan sebelum menyambungkan lagi.',
  },
  'reachout-lock': {
    title: 'WhatsApp membatasi pesan ke orang baru (463).',
    what: 'Jawaban kepada sekolah yang sudah menulis tetap terkirim. Jangan memulai percakapan baru dari nomor ini.',
  },
  outdated: {
    title: 'Versi WhatsApp layanan terlalu lama (405).',
    what: 'Layanan mencari versi baru sendiri. Jika tetap begini, hubungi petugas teknis.',
  },
  'long-outage': {
    title: 'WhatsApp terputus lebih dari sepuluh menit.',
    what: 'Periksa internet kantor dan apakah ponsel kantor masih aktif. Pesan yang belum terkirim menunggu.',
  },
}

export const whatsappState = (state: State) => STATES[state]
export const whatsappAlert = (alert: Alert) => ALERTS[alert]

/** Digits of an international number as people read it: `+62 811-1000-0001`. */
export const phoneNumber = (digits: string): string => `+${digits.replace(/^62(\d{3})(\d{4})(\d+)$/, '62 $1-$2-$3')}`
