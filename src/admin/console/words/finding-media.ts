import type { OfficeView } from '../../contract/office.ts'

/** What a server without this part cannot do. */
export const missingPartWords: Record<OfficeView['missing'][number], string> = {
  heic: 'membuka foto HEIC',
  pdf: 'menggambar PDF',
  portrait: 'menilai pas foto',
  reading: 'membaca tulisan pada berkas',
}

/** What looking at files came to, in the words of the console; the numbers beside them are the measured ones. */
export const mediaFindingWords: Record<string, { short: string; title: string; sentence?: string }> = {
  PORTRAIT_NO_FACE: { short: 'Tanpa wajah', title: 'Wajah tidak ditemukan pada pas foto', sentence: 'Lihat sendiri.' },
  PORTRAIT_MANY_FACES: { short: 'Banyak wajah', title: 'Lebih dari satu wajah pada pas foto' },
  PORTRAIT_FACE_SMALL: { short: 'Wajah kecil', title: 'Wajah terlalu kecil', sentence: 'Cetakannya akan kabur.' },
  PORTRAIT_LOW_RES: { short: 'Foto kecil', title: 'Ukuran pas foto terlalu kecil' },
  PORTRAIT_TOO_CLOSE: { short: 'Terpotong', title: 'Kepala atau bahu terpotong' },
  PORTRAIT_TURNED: { short: 'Menoleh', title: 'Wajah menoleh' },
  PORTRAIT_EYES_CLOSED: {
    short: 'Mata',
    title: 'Mata tampak tertutup',
    sentence: 'Model dapat keliru. Lihat sendiri.',
  },
  PORTRAIT_BLURRED: { short: 'Foto buram', title: 'Pas foto buram' },
  PORTRAIT_DARK: { short: 'Foto gelap', title: 'Pas foto terlalu gelap' },
  PORTRAIT_BRIGHT: { short: 'Foto terang', title: 'Pas foto terlalu terang' },
  PORTRAIT_BACKGROUND: { short: 'Latar', title: 'Warna latar tidak sesuai tahun lahir' },
  PAGE_BLURRED: { short: 'Buram', title: 'Tulisan pada lembar ini buram' },
  PAGE_SMALL: { short: 'Tulisan kecil', title: 'Tulisan terlalu kecil untuk dibaca' },
  PAGE_CUT: { short: 'Terpotong', title: 'Lembar tampak terpotong' },
  FILE_LOCKED: { short: 'Terkunci', title: 'PDF terkunci kata sandi' },
  FILE_DAMAGED: { short: 'Rusak', title: 'Berkas rusak atau terpotong' },
  FILE_TOO_LARGE: { short: 'Terlalu besar', title: 'Isi berkas terlalu besar untuk dibuka' },
  FILE_ANIMATED: { short: 'Bergerak', title: 'Gambar bergerak, bukan foto' },
  FILE_EMPTY: { short: 'Kosong', title: 'PDF tidak berisi halaman' },
  FILE_LONG: {
    short: 'Banyak halaman',
    title: 'PDF terlalu banyak halaman',
    sentence: 'Halaman sesudah batas hanya ada di berkas asli.',
  },
  KIND_DIFFERS: {
    short: 'Jenis beda',
    title: 'Berkas ini tampaknya jenis lain',
    sentence: 'Sekolah menyebutnya lain, atau urutannya tertukar.',
  },
  NIK_READ_DIFFERS: {
    short: 'NIK beda baca',
    title: 'NIK pada berkas beda dengan yang diketik',
    sentence: 'Pembacaan dapat keliru. Bandingkan dengan gambarnya.',
  },
  KK_READ_DIFFERS: { short: 'KK beda baca', title: 'Nomor KK pada berkas beda dengan yang diketik' },
  NAME_READ_DIFFERS: {
    short: 'Nama beda baca',
    title: 'Nama pada berkas beda dengan yang diketik',
    sentence: 'Pembacaan dapat keliru. Bandingkan dengan gambarnya.',
  },
  BIRTH_READ_DIFFERS: { short: 'Lahir beda baca', title: 'Tanggal lahir pada berkas beda dengan yang diketik' },
  PUPIL_NOT_ON_KK: {
    short: 'Tidak di KK',
    title: 'Murid tidak ditemukan pada KK',
    sentence: 'Tidak ada baris dengan NIK atau nama ini.',
  },
  NOT_READ: {
    short: 'Belum dibaca',
    title: 'Berkas belum diperiksa mesin',
    sentence: 'Periksa sendiri; hasilnya menyusul bila mesin sempat.',
  },
  SAME_FILE: { short: 'Berkas sama', title: 'Berkas yang sama dikirim untuk murid lain' },
  SAME_PICTURE: { short: 'Gambar sama', title: 'Gambar yang sama dikirim untuk murid lain' },
  ALIKE_PICTURE: { short: 'Foto mirip', title: 'Pas foto mirip dengan pas foto murid lain' },
  SAME_PORTRAIT: { short: 'Foto sama', title: 'Pas foto yang sama dikirim untuk murid lain' },
}

/** What the evidence of these findings is called. */
export const mediaDetails: Record<string, string> = {
  read: 'Terbaca',
  typed: 'Diketik',
  page: 'Halaman',
  value: 'Terukur',
  limit: 'Batas',
  ticket: 'Nomor antrean',
  seen: 'Tampak sebagai',
  rows: 'Baris terbaca',
  colour: 'Latar',
  expected: 'Seharusnya',
}

/** Words that stand in the evidence as codes. */
export const mediaValues: Record<string, string> = {
  red: 'merah',
  blue: 'biru',
  orange: 'oranye',
  other: 'lain',
  unknown: 'tidak jelas',
  birth_certificate: 'akta kelahiran',
  family_card: 'Kartu Keluarga',
  eid_card: 'KTP-el',
  child_card: 'KIA',
  letter: 'surat',
  passport: 'paspor',
  stay_permit: 'izin tinggal',
  portrait: 'pas foto',
}
