import type { Stage } from './application.ts'

/** What operators call a stage. */
export const STAGE_NAMES: Record<Stage, string> = {
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
