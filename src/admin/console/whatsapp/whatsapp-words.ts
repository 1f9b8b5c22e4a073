import type { WhatsappView } from '../../contract/whatsapp.ts'

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
