import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { usePhone } from '../../parts/use-phone.ts'
import css from './undrawn-pdf.module.css'

/** A PDF of which no page has been drawn: shown by the browser itself. Those of phones show none inside a page. */
export function UndrawnPdf({ src, name }: { src: string; name: string }) {
  if (!usePhone()) return <iframe className={css.pdf} src={src} title={name} />
  return (
    <div className={css.away}>
      <p>Halaman PDF ini belum dapat ditampilkan di sini.</p>
      <Button
        component="a"
        href={src}
        target="_blank"
        rel="noreferrer"
        leftSection={<IconExternalLink size={18} aria-hidden />}
      >
        Buka PDF
      </Button>
    </div>
  )
}
