import type { AuditLine } from './oversight.ts'

/** What the filter offers, and what a line says. */
export const actionName: Readonly<Record<string, string>> = {
  submit: 'Masuk antrean',
  claim: 'Mengambil',
  release: 'Melepas',
  expire: 'Waktu klaim habis',
  approve: 'Menyetujui',
  return: 'Mengembalikan',
  resubmit: 'Perbaikan diterima',
  propose_reject: 'Mengusulkan tolak',
  put_back: 'Menaruh kembali ke antrean',
  reject: 'Menolak',
  cancel: 'Membatalkan',
  attach: 'Menambah berkas',
  request: 'Permintaan dari sekolah',
  correct: 'Membetulkan data',
  undo: 'Mengurungkan',
  misprint: 'Mencatat salah cetak',
  move_front: 'Memajukan',
  reassign: 'Mengalihkan klaim',
  hand_over: 'Menyerahkan kartu',
  receive: 'Mencatat diterima',
  remind: 'Pengingat dikirim',
  purge: 'Data pribadi dihapus',
}

const viewName: Readonly<Record<string, string>> = {
  nik: 'Melihat NIK lengkap',
  document: 'Melihat dokumen',
  original: 'Mengunduh dokumen asli',
  prefetch: 'Disiapkan lebih awal',
  conversation: 'Membaca percakapan',
  'conversation-take': 'Mengambil percakapan',
  'conversation-search': 'Mencari dalam percakapan',
  'conversation-file': 'Membuka berkas percakapan',
  export: 'Mengekspor daftar',
}

const officeName: Readonly<Record<string, string>> = {
  'operator-add': 'Menambah operator',
  'operator-change': 'Mengubah operator',
  'operator-password': 'Membuat kata sandi baru untuk',
  'operator-invite': 'Membuat tautan undangan untuk',
  'operator-sessions-end': 'Mengakhiri sesi',
  'operator-second-factor-off': 'Mematikan kode kedua',
  'settings-change': 'Mengubah pengaturan',
  'alarm-seen': 'Menindaklanjuti peringatan',
  'conversation-take-over': 'Mengambil alih percakapan dari rekan',
  'batch-take-over': 'Mengambil alih batch',
  'school-save': 'Menyimpan data sekolah',
  'school-invitation': 'Membuat kode undangan sekolah',
  'coordinator-approve': 'Menyetujui koordinator',
  'coordinator-suspend': 'Menangguhkan koordinator',
  'coordinator-reinstate': 'Mengaktifkan lagi koordinator',
  'coordinator-move': 'Memindahkan koordinator',
  'coordinator-replace': 'Mengganti koordinator',
}

const settingName: Readonly<Record<string, string>> = {
  holidays: 'hari libur',
  returnReasons: 'alasan pengembalian',
  fairness: 'urutan pelayanan',
}

/** What these were done to has no name. */
const UNNAMED: readonly string[] = ['alarm-seen', 'conversation-take-over']
/** What else the line says, in words. */
const DETAILED: Readonly<Record<string, (detail: string) => string>> = {
  'settings-change': (change) => `(${change})`,
  'coordinator-replace': (name) => `dengan ${name}`,
  'coordinator-move': (npsn) => `ke NPSN ${npsn}`,
  'batch-take-over': (name) => `dari ${name}`,
}

/** One line of the audit log, without who and when. `labels` names the reasons' codes. */
export function auditWords(line: AuditLine, labels: ReadonlyMap<string, string>): string {
  if (line.kind === 'view') {
    return (viewName[line.what] ?? line.what) + (line.detail === 'outside' ? ', bukan berkas yang dipegang' : '')
  }
  if (line.kind === 'office') {
    return [
      officeName[line.what] ?? line.what,
      UNNAMED.includes(line.what) ? '' : (settingName[line.subject ?? ''] ?? line.subject),
      line.detail && DETAILED[line.what]?.(line.detail),
    ]
      .filter(Boolean)
      .join(' ')
  }
  const reasons = (line.reasons ?? []).map((code) => labels.get(code) ?? code)
  const why = [...reasons, ...(line.note ? [`“${line.note}”`] : [])]
  return (
    (actionName[line.what] ?? line.what) +
    (line.forward ? ', belum siap' : '') +
    (why.length > 0 ? `: ${why.join('; ')}` : '')
  )
}
