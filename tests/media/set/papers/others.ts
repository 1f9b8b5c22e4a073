import { formatDate } from '../../../../src/models/identity/date.ts'
import type { DocumentKind } from '../../../../src/models/application/application.ts'
import type { Family } from '../family.ts'
import type { Look, Paper } from '../paper.ts'
import { dashed, sheet, text } from '../paper.ts'
import type { Random } from '../random.ts'

const A4 = { width: 2100, height: 2970 }

/** Papers of which only the kind is to be seen: nothing on them is compared. */
export function otherPaper(random: Random, look: Look, family: Family): Paper {
  const make = random.pick([lossLetter, movingLetter, schoolReport, passport, stayPermit, shoppingList])
  return make(look, family)
}

function page(look: Look, kind: DocumentKind, title: readonly string[], lines: readonly string[]): Paper {
  const heads = title.map((line, i) =>
    text(look, line, A4.width / 2, 240 + i * 90, { size: 60, bold: true, middle: true }),
  )
  const rows = lines.map((line, i) => text(look, line, 190, 360 + title.length * 90 + i * 88, { size: 46 }))
  return { kind, svg: sheet(look, A4, [...heads, ...rows].join('')), ...A4, capital: 32, values: [] }
}

function lossLetter(look: Look, family: Family): Paper {
  return page(
    look,
    'letter',
    [
      'KEPOLISIAN NEGARA REPUBLIK INDONESIA',
      'RESOR BALANGAN SEKTOR CONTOH',
      'SURAT TANDA PENERIMAAN',
      'LAPORAN KEHILANGAN',
    ],
    [
      'Nomor : STPLK/014/III/2026/SEK CONTOH',
      'Pada hari ini telah datang seorang yang mengaku :',
      `Nama : ${family.mother.name}`,
      'Pekerjaan : MENGURUS RUMAH TANGGA',
      'melaporkan kehilangan barang berupa Kartu Identitas Anak',
      `atas nama ${family.children[0]?.name ?? ''}`,
      'di sekitar Jalan Contoh Rekaan, Paringin.',
    ],
  )
}

function movingLetter(look: Look, family: Family): Paper {
  return page(
    look,
    'letter',
    ['DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL', 'KABUPATEN CONTOH', 'SURAT KETERANGAN PINDAH WNI'],
    [
      'Nomor : SKPWNI/6308/12032026/0014',
      `Nomor Kartu Keluarga : ${family.kk}`,
      `Nama Pemohon : ${family.father.name}`,
      'Alasan Pindah : PEKERJAAN',
      'Alamat Tujuan Pindah : JL. CONTOH REKAAN, BALANGAN',
      'Jenis Kepindahan : KEP. KELUARGA DAN ANGGOTA',
      'Surat keterangan ini berlaku 100 hari.',
    ],
  )
}

function schoolReport(look: Look, family: Family): Paper {
  return page(
    look,
    'other',
    ['LAPORAN HASIL BELAJAR', 'SEKOLAH DASAR NEGERI CONTOH 14'],
    [
      `Nama Peserta Didik : ${family.children[0]?.name ?? ''}`,
      'NISN : 0151234567',
      'Kelas : IV A     Semester : 1',
      'Pendidikan Agama dan Budi Pekerti : 86',
      'Bahasa Indonesia : 84',
      'Matematika : 79',
      'Wali Kelas : RINA CONTOH REKAAN',
    ],
  )
}

function shoppingList(look: Look): Paper {
  return page(
    look,
    'other',
    ['DAFTAR HADIR RAPAT WALI MURID'],
    ['1. Ibu Contoh Satu', '2. Bapak Contoh Dua', '3. Ibu Contoh Tiga', 'Hari : Senin', 'Tempat : Ruang kelas 4A'],
  )
}

function passport(look: Look, family: Family): Paper {
  const [pupil] = family.children
  const names = (pupil?.name ?? '').replaceAll(/[^A-Z ]/g, '').replaceAll(' ', '<')
  return page(
    look,
    'passport',
    ['REPUBLIC OF CONTOHLAND', 'PASSPORT'],
    [
      'Type P   Country code XXX   Passport No. X0140014',
      `Full name ${pupil?.name ?? ''}`,
      'Nationality CONTOHLAND',
      `Date of birth ${formatDate(pupil?.birthDate ?? '2015-07-01')}`,
      'Date of issue 12 MAR 2024   Date of expiry 12 MAR 2029',
      `P<XXX${names}`.padEnd(44, '<').slice(0, 44),
      'X01400148XXX1507014M2903127<<<<<<<<<<<<<<<04',
    ],
  )
}

function stayPermit(look: Look, family: Family): Paper {
  const [pupil] = family.children
  return page(
    look,
    'stay_permit',
    ['REPUBLIK INDONESIA', 'DIREKTORAT JENDERAL IMIGRASI', 'KARTU IZIN TINGGAL TETAP', 'PERMANENT STAY PERMIT'],
    [
      'Permit Number 2D21JE0014-X',
      `Full Name ${pupil?.name ?? ''}`,
      `Date of Birth ${dashed(pupil?.birthDate ?? '2015-07-01')}`,
      'Passport Number X0140014',
      'Nationality CONTOHLAND',
      'Stay Permit Expiry 12-03-2029',
    ],
  )
}
