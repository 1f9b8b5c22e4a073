/** What is wrong with a portrait and how the next one becomes better, by the code of the finding. */
export const portraitTexts = {
  PORTRAIT_NO_FACE: 'Wajah belum terlihat. Mohon foto murid dari depan dan dari dekat, wajah tidak tertutup.',
  PORTRAIT_MANY_FACES: 'Ada lebih dari satu wajah. Mohon foto satu murid saja.',
  PORTRAIT_FACE_SMALL: 'Wajah terlalu kecil. Mohon foto lebih dekat, setinggi dada.',
  PORTRAIT_LOW_RES: 'Ukuran foto terlalu kecil. Mohon kirim foto aslinya sebagai dokumen, bukan hasil teruskan.',
  PORTRAIT_TOO_CLOSE: 'Kepala atau bahu terpotong. Mohon foto sedikit lebih jauh, setinggi dada.',
  PORTRAIT_TURNED: 'Wajah menoleh. Mohon foto menghadap lurus ke kamera.',
  PORTRAIT_EYES_CLOSED: 'Mata tampak terpejam. Mohon foto dengan mata terbuka.',
  PORTRAIT_BLURRED: 'Foto buram. Mohon foto ulang di tempat terang, ponsel tidak bergerak.',
  PORTRAIT_DARK: 'Foto terlalu gelap. Mohon foto di tempat terang, cahaya dari depan.',
  PORTRAIT_BRIGHT: 'Foto terlalu terang. Mohon hindari lampu atau matahari langsung ke wajah.',
  PORTRAIT_BACKGROUND: 'Latar belum sesuai. Mohon foto di depan kain atau dinding polos berwarna {background}.',
}
