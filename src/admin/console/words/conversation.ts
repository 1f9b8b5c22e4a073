import type { Said } from '../conversations/conversations.ts'

/** How far a message of ours has come. */
export const deliveryWord: Record<NonNullable<Said['state']>, string> = {
  queued: 'menunggu dikirim',
  sending: 'sedang dikirim',
  sent: 'terkirim',
  delivered: 'sampai',
  read: 'dibaca',
  failed: 'tidak terkirim',
}

/** What was sent that has no words. */
export const kindWord: Record<NonNullable<Said['kind']>, string> = {
  phone: 'Membagikan nomor telepon',
  sticker: 'Stiker',
  voice: 'Pesan suara',
  video: 'Video',
  location: 'Lokasi',
  contact: 'Kartu kontak',
  poll: 'Jajak pendapat',
  other: 'Pesan lain',
}

const steps: Record<string, string> = {
  reason: 'Jenis permohonan',
  name: 'Nama',
  nik: 'NIK',
  birthDate: 'Tanggal lahir',
  married: 'Status kawin',
  class: 'Kelas',
  kk: 'Nomor KK',
  documents: 'Berkas',
  summary: 'Ringkasan',
}
/** Where a draft stopped. */
export const stepName = (step: string): string => steps[step] ?? 'Pertanyaan lain'

const units = ['B', 'KB', 'MB'] as const
/** `1,2 MB` */
export function bytesText(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1024)))
  const value = bytes / 1024 ** power
  return `${value.toLocaleString('id-ID', { maximumFractionDigits: power === 2 ? 1 : 0 })} ${units[power]}`
}
