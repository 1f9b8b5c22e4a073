import { KINDS } from '../words/document.ts'

/** One key of a surface, and what it does there. */
export type KeyRow = {
  /** Names as `A`, `Shift+A`, `Ctrl+Enter`, `Escape`, `1`, `?`, and `G A` for one after the other; the first is shown. */
  keys: readonly [string, ...string[]]
  does: string
  /** Said where nothing answers it just now. */
  none?: string
  /** How its keys are written where that is not the first of them. */
  shown?: string
  /** Also works in fields, where it types nothing: in those of one line, or in all. Escape and Ctrl work in all. */
  fields?: 'line' | 'all'
  /** Goes on while it is held. */
  held?: true
  /** The element that has the focus answers it by itself. */
  native?: true
}

type Rows = Readonly<Record<string, KeyRow>>
/** What may have the keyboard. `over`: it lies over the page, whose keys do not exist until it is closed. */
export type Surface = { name: string; over?: true; keys: Rows }

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('') as [string, ...string[]]
const KIND_LETTERS = KINDS.map(([, letter]) => letter) as [string, ...string[]]
const DIGITS = '123456789'.split('') as [string, ...string[]]

/** Said by what needs the server. */
export const OFFLINE = 'Sambungan terputus: ditahan sampai tersambung lagi.'

/** Lists in which a row is read by its key. */
const ROWS = {
  down: { keys: ['J'], does: 'Baris berikutnya', none: 'Tidak ada baris di sini.' },
  up: { keys: ['K'], does: 'Baris sebelumnya', none: 'Tidak ada baris di sini.' },
  open: { keys: ['O'], does: 'Buka baris untuk dibaca', none: 'Tidak ada baris di sini.' },
} satisfies Rows

const NO_DOCUMENT = 'Tidak ada berkas yang terbuka.'
/** How the open document is looked at: no letter and no digit but 0, so that it can go on beside every panel. */
const VIEW = {
  // the plus sign needs Shift on most keyboards, the key beside it does not
  larger: { keys: ['+', '='], does: 'Perbesar', none: NO_DOCUMENT },
  smaller: { keys: ['-'], does: 'Perkecil', none: NO_DOCUMENT },
  fit: { keys: ['0'], does: 'Pas layar', none: NO_DOCUMENT },
  turnLeft: { keys: ['['], does: 'Putar ke kiri', none: NO_DOCUMENT },
  turnRight: { keys: [']'], does: 'Putar ke kanan', none: NO_DOCUMENT },
  pageBefore: { keys: ['PageUp'], does: 'Halaman sebelumnya', none: 'Berkas ini satu halaman.' },
  pageAfter: { keys: ['PageDown'], does: 'Halaman berikutnya', none: 'Berkas ini satu halaman.' },
} satisfies Rows

/** Every panel of a case. */
export const PANEL = {
  send: { keys: ['Enter'], does: 'Lakukan', fields: 'line' },
  sendLines: { keys: ['Ctrl+Enter'], does: 'Lakukan, juga dari catatan' },
  close: { keys: ['Escape'], does: 'Tutup panel' },
  ...VIEW,
} satisfies Rows

const NOT_MINE = 'Berkas ini tidak Anda pegang.'
/** What a case is led on by, at the photo station as well. */
const DECISIONS = {
  approve: { keys: ['A'], does: 'Setujui', none: NOT_MINE },
  return: { keys: ['R'], does: 'Kembalikan', none: NOT_MINE },
  reject: { keys: ['X'], does: 'Tolak atau usulkan tolak', none: NOT_MINE },
  release: { keys: ['Escape'], does: 'Lepas, dengan alasan', none: NOT_MINE },
  next: {
    keys: ['Enter'],
    does: 'Berkas berikutnya, bila yang ini tidak Anda pegang',
    none: 'Berkas ini masih Anda pegang: putuskan, atau lepas dengan Esc.',
  },
  remark: { keys: ['N'], does: 'Catatan untuk petugas lain', none: NOT_MINE },
} satisfies Rows

const NATIVE_DIALOG = {
  send: { keys: ['Enter'], does: 'Lakukan', native: true },
  close: { keys: ['Escape'], does: 'Tutup', native: true },
} satisfies Rows

/**
 * The keys of the console: every page, panel and dialog with all that it has. What is bound, what is listed and what
 * stands on buttons is taken from here, so that they cannot differ.
 */
export const KEYS = {
  everywhere: {
    name: 'Semua halaman',
    keys: {
      search: { keys: ['/'], does: 'Cari' },
      list: { keys: ['?'], does: 'Daftar tombol' },
      undo: { keys: ['Z'], does: 'Urungkan yang terakhir', none: 'Tidak ada yang bisa diurungkan.' },
      toQueue: { keys: ['G A'], does: 'Ke Antrean' },
      toTalks: { keys: ['G P'], does: 'Ke Percakapan', none: 'Peran Anda tidak menjawab percakapan.' },
      toPrinting: { keys: ['G C'], does: 'Ke Cetak', none: 'Peran Anda tidak mencetak.' },
    },
  },
  queue: {
    name: 'Antrean',
    keys: {
      take: {
        keys: ['Enter'],
        does: 'Ambil berikutnya, atau kembali ke berkas Anda',
        none: 'Peran Anda tidak mengambil berkas.',
      },
      ...ROWS,
    },
  },
  case: {
    name: 'Berkas',
    keys: {
      ...DECISIONS,
      approveUnedited: { keys: ['Shift+A'], does: 'Setujui tanpa edit foto', none: 'Hanya pada verifikasi.' },
      document: { keys: DIGITS, shown: '1–9', does: 'Buka berkas', none: NO_DOCUMENT },
      ...VIEW,
      compare: { keys: ['V'], does: 'Bandingkan dua berkas', none: 'Hanya ada satu berkas.' },
      move: { keys: ['M'], does: 'Pindah jenis berkas', none: NOT_MINE },
      copy: { keys: ['C'], does: 'Salin untuk SIAK', none: 'Data tidak dapat disalin.' },
      correct: { keys: ['E'], does: 'Betulkan data', none: NOT_MINE },
      examine: { keys: ['T'], does: 'Temuan berikutnya sudah diperiksa', none: 'Tidak ada temuan untuk diperiksa.' },
      original: { keys: ['B'], does: 'Foto yang diedit: hasil atau asli', none: 'Yang terbuka tidak diedit.' },
      portrait: { keys: ['D'], does: 'Unduh foto untuk SIAK', none: 'Belum ada foto untuk diunduh.' },
      station: { keys: ['L'], does: 'Kembali ke edit foto', none: 'Berkas ini tidak di edit foto.' },
    },
  },
  photo: {
    name: 'Edit foto',
    keys: {
      ...DECISIONS,
      propose: { keys: ['U'], does: 'Pakai usulan', none: 'Tidak ada usulan.' },
      original: { keys: ['B'], does: 'Lihat asli selama ditahan' },
      move: {
        keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
        shown: '← → ↑ ↓',
        does: 'Geser potongan',
        held: true,
      },
      moveFar: {
        keys: ['Shift+ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowUp', 'Shift+ArrowDown'],
        shown: '⇧ ← → ↑ ↓',
        does: 'Geser sepuluh kali lebih jauh',
        held: true,
      },
      smallerCut: { keys: ['+', '='], does: 'Potongan lebih kecil, wajah lebih besar' },
      largerCut: { keys: ['-'], does: 'Potongan lebih besar' },
      leanLeft: { keys: ['['], does: 'Miringkan ke kiri' },
      leanRight: { keys: [']'], does: 'Miringkan ke kanan' },
      reset: { keys: ['0'], does: 'Ulang dari asli' },
      background: { keys: ['1', '2', '3'], shown: '1 2 3', does: 'Latar merah, biru, oranye' },
      asIs: { keys: ['4'], does: 'Biarkan latar asli' },
      download: { keys: ['D'], does: 'Unduh hasil' },
      files: { keys: ['L'], does: 'Lihat berkas' },
    },
  },
  series: {
    name: 'Entri SIAK',
    keys: {
      ...ROWS,
      done: { keys: ['A'], does: 'Sudah entri', none: 'Tidak ada berkas yang Anda pegang.' },
      copy: { keys: ['C'], does: 'Salin untuk SIAK', none: 'Tidak ada berkas yang Anda pegang.' },
      portrait: { keys: ['D'], does: 'Unduh foto untuk SIAK', none: 'Belum ada foto untuk diunduh.' },
      take: { keys: ['Enter'], does: 'Ambil seri berikutnya', none: 'Seri ini belum selesai.' },
      release: { keys: ['Escape'], does: 'Lepas sisanya, dengan alasan', none: 'Tidak ada berkas yang Anda pegang.' },
    },
  },
  printing: {
    name: 'Cetak',
    keys: {
      make: { keys: ['N'], does: 'Buat batch', none: 'Centang dahulu yang akan dicetak.' },
      done: { keys: ['P'], does: 'Kartu ini tercetak', none: 'Batch yang terbuka bukan milik Anda.' },
      misprint: { keys: ['S'], does: 'Kartu ini salah cetak', none: 'Batch yang terbuka bukan milik Anda.' },
      down: { ...ROWS.down, none: 'Batch yang terbuka bukan milik Anda.' },
      up: { ...ROWS.up, none: 'Batch yang terbuka bukan milik Anda.' },
    },
  },
  talks: {
    name: 'Percakapan',
    keys: {
      ...ROWS,
      take: { keys: ['Enter'], does: 'Ambil percakapan', none: 'Buka dahulu percakapan yang dijawab bot.' },
      send: { keys: ['Ctrl+Enter'], does: 'Kirim jawaban', none: 'Ambil percakapan ini dahulu.' },
      handBack: { keys: ['Ctrl+B'], does: 'Serahkan ke bot', none: 'Percakapan ini tidak Anda pegang.' },
      replies: { keys: ['/'], does: 'Dalam jawaban: balasan tersimpan', native: true },
      closeSearch: { keys: ['Escape'], does: 'Tutup pencarian', none: 'Tidak ada yang terbuka.' },
    },
  },
  search: {
    name: 'Cari',
    keys: {
      down: { ...ROWS.down, keys: ['J', 'ArrowDown'], shown: 'J ↓', fields: 'line' },
      up: { ...ROWS.up, keys: ['K', 'ArrowUp'], shown: 'K ↑' },
      open: ROWS.open,
      toField: { keys: ['Escape'], does: 'Kembali ke kolom cari' },
    },
  },
  wall: { name: 'Papan pantau', keys: { leave: { keys: ['Escape'], does: 'Tutup papan' } } },

  return: {
    name: 'Panel Kembalikan',
    over: true,
    keys: {
      reason: { keys: LETTERS, shown: 'A–Z', does: 'Alasan dengan huruf itu' },
      down: { keys: ['ArrowDown'], does: 'Alasan berikutnya' },
      up: { keys: ['ArrowUp'], does: 'Alasan sebelumnya' },
      tick: { keys: [' '], does: 'Centang alasan ini', native: true },
      toNote: { keys: ['Tab'], does: 'Ke catatan', native: true },
      ...PANEL,
    },
  },
  move: {
    name: 'Panel Pindah jenis',
    over: true,
    keys: {
      kind: { keys: KIND_LETTERS, shown: KIND_LETTERS.join(' '), does: 'Jenis berkas dengan huruf itu' },
      page: { keys: DIGITS, shown: '1–9', does: 'Halaman' },
      split: { keys: ['N'], does: 'Milik murid lain' },
      ...PANEL,
    },
  },
  choose: {
    name: 'Panel dengan alasan',
    over: true,
    keys: { reason: { keys: LETTERS, shown: 'A–Z', does: 'Alasan dengan huruf itu' }, ...PANEL },
  },
  ask: { name: 'Panel dengan catatan', over: true, keys: PANEL },
  correct: { name: 'Panel Ubah data', over: true, keys: PANEL },
  split: { name: 'Panel Milik murid lain', over: true, keys: PANEL },
  lost: { name: 'Panel Klaim berakhir', over: true, keys: PANEL },
  misprint: {
    name: 'Jendela Salah cetak',
    over: true,
    keys: {
      reason: { keys: DIGITS, shown: '1–9', does: 'Alasan dengan angka itu' },
      close: NATIVE_DIALOG.close,
    },
  },
  replies: {
    name: 'Balasan tersimpan',
    over: true,
    keys: {
      down: { keys: ['ArrowDown'], does: 'Balasan berikutnya', fields: 'all', held: true },
      up: { keys: ['ArrowUp'], does: 'Balasan sebelumnya', fields: 'all', held: true },
      use: { keys: ['Enter'], does: 'Pakai balasan', fields: 'all' },
      close: { keys: ['Escape'], does: 'Tutup daftar' },
    },
  },
  dialog: { name: 'Jendela lain', over: true, keys: NATIVE_DIALOG },
} as const satisfies Readonly<Record<string, Surface>>

export type SurfaceName = keyof typeof KEYS
/** The acts that all of these surfaces have. */
export type ActOf<S extends SurfaceName> = keyof (typeof KEYS)[S]['keys'] & string

/** The surfaces that lie over a page are named on their element. */
export type Over = { [S in SurfaceName]: (typeof KEYS)[S] extends { over: true } ? S : never }[SurfaceName]
export type PanelSurface = 'return' | 'move' | 'choose' | 'ask' | 'correct' | 'split' | 'lost'

export const surfaceOf = (name: SurfaceName): Surface => KEYS[name]

/** The row of an act. */
export function rowOf<S extends SurfaceName>(surface: S, act: ActOf<S>): KeyRow {
  return surfaceOf(surface).keys[act]!
}

const SHOWN: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  '-': '−',
  ' ': 'Spasi',
  ArrowDown: '↓',
  ArrowUp: '↑',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
}
/** A key as it is written for people. */
export const shownKey = (key: string): string => SHOWN[key] ?? key.replace('Shift+', '⇧ ').replace('Ctrl+', 'Ctrl ')
