import type { ApplicationView } from './application.ts'

/** What operators call a stage. */
export const stageName: Record<ApplicationView['stage'], string> = {
  draft: 'Draf',
  verification: 'Verifikasi',
  photo: 'Edit foto',
  siak_entry: 'Entri SIAK',
  signature: 'TTE',
  printing: 'Cetak',
  ready: 'Siap diambil',
  handed_over: 'Diserahkan ke sekolah',
  received: 'Diterima',
  returned: 'Dikembalikan',
  rejected: 'Ditolak',
  cancelled: 'Dibatalkan',
}
