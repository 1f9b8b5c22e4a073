/**
 * What one coordinator and the office do, step by step; `answers` is how many messages of the bot come of it, one where
 * nothing is said. In a text `{kode}` is the invitation, `{tiket 1}` the first ticket that was told.
 */
export type DialogueStep = (
  | { text: string }
  /** Presses the button with this label. */
  | { tap: string }
  /** Sent together, by name. */
  | { album: readonly string[] }
  | { document: string; caption?: string }
  /** A picture from the gallery: no name says what it is. */
  | { photo: true }
  | { unreadable: 'sticker' | 'voice' | 'location' }
  | { contact: string }
  /** The platform hands the latest update over once more. */
  | { repeat: true }
  /** The case with this ticket is claimed and returned at the console. */
  | { returned: string; reasons: readonly string[] }
) & { answers?: number }

const PAPERS = ['akta.jpg', 'kk.jpg', 'ktp ayah.jpg'] as const

/**
 * One school's chat from its first word: registered with an invitation, three pupils (line by line, in one message, and
 * one that is laid aside and cancelled), wrong inputs at most questions, files together and singly, a return that is
 * corrected. The pupils are of school age, and under 17, until 2031.
 */
export const DIALOGUE: readonly DialogueStep[] = [
  // registering
  { text: 'Assalamualaikum' },
  { text: 'maaf ini layanan apa ya' },
  { tap: 'SETUJU' },
  { text: 'NPSN 1234' },
  { text: '69999999' },
  { text: '69888801' },
  { text: 'iy betul' },
  { text: 'abcd-1234' },
  { text: '{kode}' },
  { text: 'Rina Contoh' },
  { text: '9' },
  { text: '2' },
  // a pupil line by line, with wrong inputs
  { text: '8' },
  { text: '1' },
  { text: '12345' },
  { text: 'Ahmad Fikri Contoh' },
  { text: '631106' },
  { unreadable: 'sticker' },
  { text: 'NIK: 6311 0601 0715 0001' },
  { text: 'ya bu' },
  { text: '19Z' },
  { text: '4a' },
  { text: 'halo' },
  { album: PAPERS },
  { text: 'KK 1, akta 2' },
  { text: 'akta 1, KK 2' },
  { document: 'pas foto.jpg' },
  { text: 'UBAH 4' },
  { text: '4B' },
  { repeat: true, answers: 0 },
  { text: 'KIRIM' },
  // the next in one message, its files one by one
  { tap: 'YA' },
  { text: 'Siti Rekaan, 6311065402160003, 14-2-2016, 4A' },
  { text: 'ya' },
  { document: 'akta siti.jpg' },
  { document: 'kk siti.jpg' },
  { document: 'ktp ibu siti.jpg' },
  { text: 'CUKUP' },
  { photo: true },
  { text: 'oke' },
  { text: 'SELESAI' },
  // what stands where
  { text: 'STATUS' },
  { text: '{tiket 1}' },
  { text: 'STATUS {tiket 2}' },
  { text: 'STATUS B999-9' },
  { text: 'PETUGAS mohon dibantu' },
  // a third, with much beside it
  { text: 'MENU' },
  { text: '7' },
  { text: '1' },
  { text: 'yg 3' },
  { text: 'M. Al-Fatih Rekaan' },
  { text: 'BANTUAN' },
  { text: 'PENGADUAN' },
  { text: 'kartu 5 hari blm jadi' },
  { unreadable: 'voice' },
  { text: '6311060503140007' },
  { text: 'bukan, 6-3-2014' },
  { text: 'gpp lanjut' },
  { text: '2' },
  { text: '5 maret 2014' },
  { text: 'nanti' },
  { text: 'MENU' },
  { text: '2' },
  { text: 'LANJUT' },
  { text: 'ya' },
  { text: '6B' },
  { document: 'surat kehilangan.jpg', caption: 'surat dari polisi' },
  { text: 'KEMBALI' },
  { text: 'lanjut' },
  { text: 'batal' },
  { text: 'tidak' },
  { text: 'BATAL' },
  { text: 'YA BATAL' },
  // what the office says, and what comes of it
  { returned: '{tiket 1}', reasons: ['RR_PORTRAIT_BLURRED', 'RR_FAMILY_CARD_CUT'] },
  { text: 'perbaiki {tiket 1}' },
  { document: 'foto baru.jpg' },
  { document: 'kk baru.jpg' },
  { text: 'kirim' },
  { text: 'STATUS {tiket 1}' },
  { text: 'BATAL {tiket 2}' },
  { text: 'YA BATAL' },
  { text: 'AJUKAN' },
  { text: '1' },
  { text: 'Ahmad Fikri Contoh' },
  { text: '6311060107150001' },
  { text: 'BERHENTI' },
  { text: 'MULAI' },
  { contact: '6281299000001' },
  { unreadable: 'location' },
  { text: 'terima kasih' },
  { text: 'menu' },
]
