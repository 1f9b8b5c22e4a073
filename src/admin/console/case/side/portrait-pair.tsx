import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { pictureOf, portraitIn, portraitResult } from '../../client/case.ts'
import type { Case } from '../../client/case.ts'
import { pictureSource } from '../../client/pictures.ts'
import { hinted } from '../../keys/key-hint.tsx'
import { useKeys } from '../../keys/use-keys.ts'
import { saveFrom } from '../../parts/take-away.ts'
import { portraitPicture } from '../photo/use-portrait.ts'
import css from '../page/case-page.module.css'
import own from './portrait-pair.module.css'

/** Stages that want the finished portrait in another system, or on a card. */
const TAKEN: readonly Case['stage'][] = ['siak_entry', 'signature', 'printing']

/** Whether the portrait of this case is finished and is to be taken along. */
export const isPortraitDue = (shown: Case): boolean =>
  portraitIn(shown) !== undefined && TAKEN.includes(shown.stage) && shown.pupil !== null

/** Saves the portrait as it counts: what was edited under its name for SIAK, else the picture as it came. */
export function savePortrait(shown: Case, reason: string | undefined): void {
  if (portraitIn(shown)?.edited) saveFrom(portraitResult(shown.id, reason))
  else saveFrom(portraitPicture(shown.id, reason), `${shown.ticket ?? shown.id}.jpg`)
}

/** The portrait as it was sent, and what the office made of it, or else what the machine proposes. D takes it along. */
export function PortraitPair({ shown, reason }: { shown: Case; reason: string | undefined }) {
  const portrait = portraitIn(shown)
  const due = isPortraitDue(shown)
  const save = () => savePortrait(shown, reason)
  useKeys('case', due ? { portrait: save } : {})
  if (!portrait || !(due || portrait.edited || portrait.look?.proposal)) return null
  const sent = pictureSource(shown.id, pictureOf(shown.id, portrait, 'full', { reason, asSent: true }))
  const name = portrait.edited ? 'Hasil edit' : portrait.look?.proposal && !due ? 'Usulan' : undefined
  const made = portrait.edited
    ? pictureSource(shown.id, pictureOf(shown.id, portrait, 'full', { reason }))
    : `${pictureOf(shown.id, portrait, 'full', { reason })}&proposal=1`
  return (
    <section className={css.section} aria-label="Pas foto">
      <header>
        <h2>Pas foto</h2>
        {due && (
          <Button
            ml="auto"
            leftSection={<IconDownload size={16} aria-hidden />}
            {...hinted('case', 'portrait')}
            onClick={save}
          >
            Unduh foto
          </Button>
        )}
      </header>
      <div className={own.pair}>
        {name && (
          <figure>
            <img src={made} alt={`Pas foto: ${name.toLowerCase()}`} />
            <figcaption>{name}</figcaption>
          </figure>
        )}
        <figure data-aside={name !== undefined}>
          <img src={sent} alt="Pas foto seperti dikirim" />
          <figcaption>{name ? 'Dikirim' : 'Seperti dikirim, tidak diedit'}</figcaption>
        </figure>
      </div>
    </section>
  )
}
