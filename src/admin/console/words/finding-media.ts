import type { OfficeView } from '../../contract/office.ts'

/** What a server without this part cannot do. */
export const missingPartWords: Record<OfficeView['missing'][number], string> = {
  heic: 'membuka foto HEIC',
  pdf: 'menggambar PDF',
  portrait: 'menilai pas foto',
  reading: 'membaca tulisan pada berkas',
}

/** What looking at files came to, in the words of the console; the numbers beside them are the measured ones. */
export const mediaFindingWords: Record<string, { short: string; title: string; sentence: string }> = {
  PORTRAIT_NO_FACE: { short: 'Tanpa wajah', title: 'Wajah tidak ditemukan pada pas foto', sentence: 'Lihat sendiri.' },
  PORTRAIT_MANY_FACES: {
    short: 'Banyak wajah',
    title: 'Lebih dari satu wajah pada pas foto',
    sentence: 'Hanya wajah murid ini yang boleh tercetak.',
  },
  PORTRAIT_FACE_SMALL: { short: 'Wajah kecil', title: 'Wajah terlalu kecil', sentence: 'Cetakannya akan kabur.' },
  PORTRAIT_LOW_RES: {
    short: 'Foto kecil',
    title: 'Ukuran pas foto terlalu kecil',
    sentence: 'Pada kartu wajahnya akan kasar. Foto aslinya mungkin lebih besar.',
  },
  PORTRAIT_TOO_CLOSE: {
    short: 'Terpotong',
    title: 'Kepala atau bahu terpotong',
    sentence: 'Potongan 2 banding 3 mungkin tidak muat.',
  },
  PORTRAIT_TURNED: {
    short: 'Menoleh',
    title: 'Wajah menoleh',
    sentence: 'Pas foto menghadap ke depan. Model dapat keliru, lihat sendiri.',
  },
  PORTRAIT_EYES_CLOSED: {
    short: 'Mata',
    title: 'Mata tampak tertutup',
    sentence: 'Model dapat keliru. Lihat sendiri.',
  },
  PORTRAIT_BLURRED: {
    short: 'Foto buram',
    title: 'Pas foto buram',
    sentence: 'Lihat sendiri pada ukuran penuh, apakah wajahnya masih jelas.',
  },
  PORTRAIT_DARK: {
    short: 'Foto gelap',
    title: 'Pas foto terlalu gelap',
    sentence: 'Dapat dicerahkan pada tahap Edit foto.',
  },
  PORTRAIT_BRIGHT: {
    short: 'Foto terang',
    title: 'Pas foto terlalu terang',
    sentence: 'Dapat digelapkan pada tahap Edit foto, selama wajahnya tidak putih.',
  },
  PORTRAIT_BACKGROUND: {
    short: 'Latar',
    title: 'Warna latar tidak sesuai tahun lahir',
    sentence: 'Dapat diganti pada tahap Edit foto.',
  },
  PAGE_BLURRED: {
    short: 'Buram',
    title: 'Tulisan pada lembar ini buram',
    sentence: 'Perbesar; yang tetap tidak terbaca tidak dapat dibandingkan.',
  },
  PAGE_SMALL: {
    short: 'Tulisan kecil',
    title: 'Tulisan terlalu kecil untuk dibaca',
    sentence: 'Perbesar; yang tetap tidak terbaca perlu difoto lebih dekat.',
  },
  PAGE_CUT: {
    short: 'Terpotong',
    title: 'Lembar tampak terpotong',
    sentence: 'Pastikan tidak ada data di luar tepi gambar.',
  },
  FILE_LOCKED: {
    short: 'Terkunci',
    title: 'PDF terkunci kata sandi',
    sentence: 'Tidak dapat dibuka di sini. Sekolah perlu mengirimnya tanpa kata sandi.',
  },
  FILE_DAMAGED: {
    short: 'Rusak',
    title: 'Berkas rusak atau terpotong',
    sentence: 'Tidak dapat dibuka. Sekolah perlu mengirimnya lagi.',
  },
  FILE_TOO_LARGE: {
    short: 'Terlalu besar',
    title: 'Isi berkas terlalu besar untuk dibuka',
    sentence: 'Sekolah perlu mengirim foto atau pindaian yang lebih kecil.',
  },
  FILE_ANIMATED: {
    short: 'Bergerak',
    title: 'Gambar bergerak, bukan foto',
    sentence: 'Yang bergerak tidak dapat diperiksa. Sekolah perlu mengirim fotonya.',
  },
  FILE_EMPTY: {
    short: 'Kosong',
    title: 'PDF tidak berisi halaman',
    sentence: 'Tidak ada yang dapat diperiksa. Sekolah perlu mengirimnya lagi.',
  },
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
  KK_READ_DIFFERS: {
    short: 'KK beda baca',
    title: 'Nomor KK pada berkas beda dengan yang diketik',
    sentence: 'Pembacaan dapat keliru. Bandingkan dengan gambarnya.',
  },
  NAME_READ_DIFFERS: {
    short: 'Nama beda baca',
    title: 'Nama pada berkas beda dengan yang diketik',
    sentence: 'Pembacaan dapat keliru. Bandingkan dengan gambarnya.',
  },
  BIRTH_READ_DIFFERS: {
    short: 'Lahir beda baca',
    title: 'Tanggal lahir pada berkas beda dengan yang diketik',
    sentence: 'Pembacaan dapat keliru. Bandingkan dengan gambarnya.',
  },
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
  SAME_FILE: {
    short: 'Berkas sama',
    title: 'Berkas yang sama dikirim untuk murid lain',
    sentence: 'Wajar bagi KK saudara. Untuk berkas lain, periksa milik siapa.',
  },
  SAME_PICTURE: {
    short: 'Gambar sama',
    title: 'Gambar yang sama dikirim untuk murid lain',
    sentence: 'Wajar bagi KK saudara. Untuk berkas lain, periksa milik siapa.',
  },
  ALIKE_PICTURE: {
    short: 'Foto mirip',
    title: 'Pas foto mirip dengan pas foto murid lain',
    sentence: 'Mungkin saudara, atau foto yang tertukar. Bandingkan keduanya.',
  },
  SAME_PORTRAIT: {
    short: 'Foto sama',
    title: 'Pas foto yang sama dikirim untuk murid lain',
    sentence: 'Satu foto tidak dapat dipakai dua murid. Periksa milik siapa.',
  },
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
  stay_permit: 'ITAP orang tua',
  portrait: 'pas foto',
}
