import { Checkbox, Modal } from '@mantine/core'
import { useState } from 'react'
import css from './keys-dialog.module.css'
import { singleLettersOn, switchSingleLetters } from './use-keys.ts'

const LIST: readonly (readonly [string, string])[] = [
  ['Enter', 'Ambil berikutnya, atau kembali ke berkas Anda'],
  ['A', 'Setujui'],
  ['⇧ A', 'Setujui tanpa edit foto'],
  ['R', 'Kembalikan'],
  ['X', 'Tolak atau usulkan tolak'],
  ['Esc', 'Tutup yang terbuka; lepas, dengan alasan'],
  ['Z', 'Urungkan yang terakhir'],
  ['1–9', 'Buka berkas'],
  ['+ − 0', 'Perbesar, perkecil, pas layar'],
  ['[ ]', 'Putar'],
  ['PgUp PgDn', 'Halaman berkas'],
  ['V', 'Bandingkan dua berkas'],
  ['M', 'Pindah jenis berkas'],
  ['U · B', 'Foto: pakai usulan; tahan untuk melihat asli'],
  ['← → ↑ ↓', 'Foto: geser potongan; dengan ⇧ sepuluh kali lebih jauh'],
  ['L', 'Foto: lihat berkas, kembali ke foto'],
  ['1 2 3 4 · D', 'Foto: latar; unduh hasil'],
  ['C', 'Salin untuk SIAK'],
  ['E', 'Betulkan data'],
  ['T', 'Temuan berikutnya sudah diperiksa'],
  ['N', 'Catatan untuk petugas lain'],
  ['A', 'Seri entri: sudah entri'],
  ['N P S', 'Cetak: buat batch, tercetak, salah cetak'],
  ['J K', 'Baris berikutnya, sebelumnya'],
  ['O', 'Buka baris untuk dibaca'],
  ['Ctrl Enter', 'Percakapan: kirim jawaban; pada panel: simpan'],
  ['Ctrl B', 'Percakapan: serahkan ke bot'],
  ['/', 'Cari; dalam jawaban: balasan tersimpan'],
  ['G A · P · C', 'Ke Antrean, Percakapan, Cetak'],
  ['?', 'Daftar tombol'],
]

/** Which keys do what, and the switch for those of one letter. */
export function KeysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [on, setOn] = useState(singleLettersOn)
  return (
    <Modal opened={opened} onClose={onClose} title="Tombol">
      <dl className={css.list}>
        {LIST.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Checkbox
        mt="lg"
        label="Tombol satu huruf menyala"
        checked={on}
        onChange={(event) => {
          setOn(event.currentTarget.checked)
          switchSingleLetters(event.currentTarget.checked)
        }}
      />
    </Modal>
  )
}
