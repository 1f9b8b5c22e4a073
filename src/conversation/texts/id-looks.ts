/** The sentences about what looking at files came to. Part of `id`. The sentence of a finding has the name of its code. */
export const lookTexts = {
  checking: '{n} berkas kami terima dan sedang kami periksa. Hasilnya kami kabarkan paling lama satu menit lagi.',
  checkingStill: 'Berkas sedang kami periksa; hasilnya segera kami kabarkan. Balas *LANJUT* bila tidak ingin menunggu.',
  checked: '{n} berkas sudah kami periksa: {list} (bila tertukar, balas misalnya *KK 1, akta 2*).',
  checkedMost: '{n} berkas sudah kami periksa: {list}.',
  seenAs: 'Setelah kami periksa, urutannya: {list} (bila tertukar, balas misalnya *KK 1, akta 2*).',
  retake: 'Berkas ke-{n} ({kind}): {sentence}',
  retakeHow: 'Mohon kirim ulang; bila tidak ada yang lebih baik, silakan lanjutkan.',
  retakeSent: '{kind} {name} (*{ticket}*): {sentence} Kirim penggantinya bila ada; nomor antrean tetap.',
  PAGE_BLURRED: 'Tulisannya buram. Mohon foto di tempat terang dengan ponsel yang tidak bergerak.',
  PAGE_SMALL: 'Tulisannya terlalu kecil untuk dibaca. Mohon kirim foto aslinya sebagai *Dokumen*.',
  FILE_UNREADABLE: 'Berkas ini tidak dapat dibuka. Mohon kirim sebagai foto atau PDF tanpa kata sandi.',
  doubt: 'Mana yang benar?',
  doubtRetype: 'Ketik ulang',
  doubtKeep: 'Sudah sesuai (petugas memeriksa)',
  doubtNik: 'NIK pada {kind} berakhiran *{read}*, yang diketik berakhiran *{typed}*.',
  doubtNikPlace: 'NIK pada {kind} berbeda dengan yang diketik pada angka ke-{place}.',
  doubtName: 'Nama pada {kind} terbaca *{read}*, yang diketik *{typed}*.',
  doubtBirthDate: 'Tanggal lahir pada {kind} terbaca *{read}*, yang diketik *{typed}*.',
  nikOffered:
    'NIK {name} pada berkas berakhiran *{tail}*. Balas *YA* bila benar, atau ketik *NIK* yang benar: 16 angka.',
  nameOffered: 'Nama pada berkas: *{value}*. Balas *YA* bila benar, atau ketik nama lengkap murid sesuai akta.',
} as const
