import type { Office } from '../config/office-schema.ts'

/** What notices say; an office may override each by its name in `texts`. `…Many` is for several of one kind. */
const NOTICES = {
  noticeReturned:
    'Mohon maaf, berkas *{name}* ({ticket}) perlu diperbaiki: {reasons} Nomor tetap berlaku. Balas *PERBAIKI {ticket}*.',
  noticeReturnedParent:
    'Mohon maaf, berkas *{name}* ({ticket}) perlu diperbaiki: {reasons} Nomor tetap berlaku. Balas *PERBAIKI {ticket}* bila sudah diurus.',
  noticeReturnedOffice:
    'Mohon maaf, berkas *{name}* ({ticket}) tertunda: {reasons} Bapak/Ibu belum perlu melakukan apa pun. Nomor tetap berlaku.',
  noticeReturnedMany:
    'Mohon maaf, {count} berkas perlu diperbaiki:\n{rows}\nNomor tetap berlaku. Balas misalnya *PERBAIKI {ticket}*.',
  noticeRejected:
    'Mohon maaf, permohonan KIA *{name}* ({ticket}) tidak dapat kami proses: {reasons} Ketik *PETUGAS* bila ada pertanyaan.',
  noticeRejectedMany:
    'Mohon maaf, {count} permohonan KIA tidak dapat kami proses:\n{rows}\nKetik *PETUGAS* bila ada pertanyaan.',
  noticeCorrected:
    'Data *{name}* ({ticket}) dibetulkan petugas: {fields}. Nomor antrean tetap. Ketik *PETUGAS* bila tidak sesuai.',
  noticeCorrectedMany:
    'Data {count} murid dibetulkan petugas:\n{rows}\nNomor antrean tetap. Ketik *PETUGAS* bila tidak sesuai.',
  noticeResumed:
    'Berkas *{name}* ({ticket}) kami proses kembali. Bapak/Ibu tidak perlu melakukan apa pun. Nomor antrean tetap.',
  noticeResumedMany:
    '{count} berkas kami proses kembali: {tickets}. Bapak/Ibu tidak perlu melakukan apa pun. Nomor antrean tetap.',
  noticeReady:
    'KIA *{name}* ({ticket}), {school}, sudah selesai dan siap diambil di {place}, {hours}. Mohon membawa surat tugas. Tanda terima kami siapkan.',
  noticeReadyMany:
    'KIA {count} murid {school} sudah selesai dan siap diambil di {place}, {hours}: {tickets}. Mohon membawa surat tugas. Tanda terima kami siapkan.',
  noticeReprinted:
    'Mohon maaf, KIA *{name}* ({ticket}) perlu kami cetak ulang, sehingga belum dapat diambil. Bapak/Ibu tidak perlu melakukan apa pun; kami kabari lagi bila sudah siap.',
  noticeReprintedMany:
    'Mohon maaf, {count} KIA perlu kami cetak ulang, sehingga belum dapat diambil: {tickets}. Bapak/Ibu tidak perlu melakukan apa pun; kami kabari lagi bila sudah siap.',
  noticeHandedOver: 'KIA *{name}* ({ticket}) sudah kami serahkan kepada {school}. Layanan ini gratis.',
  noticeHandedOverMany: 'KIA {count} murid sudah kami serahkan kepada {school}: {tickets}. Layanan ini gratis.',
  noticeCancelled:
    'Permohonan KIA *{name}* ({ticket}) sudah dibatalkan petugas. Silakan *AJUKAN* bila masih diperlukan.',
  noticeCancelledMany:
    '{count} permohonan KIA sudah dibatalkan petugas: {tickets}. Silakan *AJUKAN* bila masih diperlukan.',
  noticeExpired:
    'Mohon maaf, permohonan KIA *{name}* ({ticket}) kami batalkan karena belum diperbaiki. Silakan *AJUKAN* bila masih diperlukan.',
  noticeExpiredMany:
    'Mohon maaf, {count} permohonan KIA kami batalkan karena belum diperbaiki: {tickets}. Silakan *AJUKAN* bila masih diperlukan.',
  noticeRemindReturned:
    'Berkas *{name}* ({ticket}) masih menunggu perbaikan, paling lambat {date}. Balas *PERBAIKI {ticket}*, atau *PETUGAS* bila ingin dibantu.',
  noticeRemindReturnedMany:
    '{count} berkas masih menunggu perbaikan:\n{rows}\nBalas misalnya *PERBAIKI {ticket}*, atau *PETUGAS* bila ingin dibantu.',
  noticeMore: 'dan {count} lainnya; ketik *STATUS* untuk melihat semuanya',
  noticeMoreReasons: 'Masih ada {count} alasan lain.',
  noticeNote: 'Catatan petugas: {note}',
  noticeFieldName: 'nama',
  noticeFieldNik: 'NIK',
  noticeFieldBirthDate: 'tanggal lahir',
  noticeFieldClass: 'kelas',
  noticeFieldKk: 'Nomor KK',
  noticeFieldOther: 'data lain',
} as const
export type NoticeText = keyof typeof NOTICES

/** Every name that `texts` of an office file may override here. */
export const NOTICE_TEXT_NAMES: readonly string[] = Object.keys(NOTICES)

/** The text `name` in this office's words. */
export function sayNotice(
  office: Pick<Office, 'texts'>,
  name: NoticeText,
  values: Readonly<Record<string, string | number>>,
): string {
  const template = Object.hasOwn(office.texts, name) ? (office.texts[name] ?? NOTICES[name]) : NOTICES[name]
  return template.replaceAll(/\{(\w+)\}/g, (whole, key: string) =>
    Object.hasOwn(values, key) ? String(values[key]) : whole,
  )
}
