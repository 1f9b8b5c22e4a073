import type { Hindrance } from '../../../models/printing/print-batch.ts'

/** Why a card cannot be printed today, what is done about it, and what the school is told. */
export const hindranceWords: Record<Hindrance, { why: string; act: string; told: string }> = {
  'cancel-asked': {
    why: 'Sekolah minta batal',
    act: 'Batalkan permohonan',
    told: 'Permohonan dibatalkan dan keluar dari antrean. Sekolah diberi tahu.',
  },
  'no-portrait': {
    why: 'Belum ada pas foto',
    act: 'Kembalikan ke sekolah',
    told: 'Sekolah diberi tahu bahwa pas foto belum ada, dan mengirimnya lewat percakapan.',
  },
  'too-old': {
    why: 'Melewati batas umur KIA',
    act: 'Tolak',
    told: 'Permohonan berakhir. Sekolah diberi tahu alasannya.',
  },
}
