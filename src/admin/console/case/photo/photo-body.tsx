import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import type { PortraitView } from '../../../contract/portrait.ts'
import type { Case } from '../../client/case.ts'
import { pictureSource } from '../../client/pictures.ts'
import { layerOf, useKeys } from '../../keys/use-keys.ts'
import { KeyHint } from '../../parts/marks.tsx'
import { ProblemNotice } from '../../parts/notices.tsx'
import { SkeletonRows } from '../../parts/rows.tsx'
import { usePhone } from '../../parts/surroundings.ts'
import { number } from '../../words/time.ts'
import { arrowMove, CropView } from './crop-view.tsx'
import { leaned, scaled } from './frame.ts'
import type { Size } from './frame.ts'
import css from './photo-body.module.css'
import { BACKGROUND_KEYS, PhotoControls } from './photo-controls.tsx'
import { OutputCard, ResultView } from './result.tsx'
import { useEdit, useSaveEdit } from './use-edit.ts'
import type { Editing } from './use-edit.ts'
import { portraitPicture, portraitResult, usePortrait, usePreview } from './use-portrait.ts'

/** Keeps the edit on the screen; false where that failed, and the reason is shown. */
export type SaveFirst = () => Promise<boolean>
type Station = {
  shown: Case
  /** No panel lies over it. */
  idle: boolean
  /** What has to be kept before the photo is approved. */
  saveFirst: RefObject<SaveFirst | undefined>
  onFiles: () => void
}

/** The photo station: as it came on the left, as it will be in the middle, what decides it on the right. */
export function PhotoBody(station: Station) {
  const { shown, onFiles } = station
  const query = usePortrait(shown.id, undefined)
  const document = query.data?.document
  const source = pictureSource(shown.id, portraitPicture(shown.id))
  const [picture, setPicture] = useState<Size>()
  const [failed, setFailed] = useState(false)
  if (query.isError || failed || document === null) {
    return (
      <div className={css.alone}>
        <ProblemNotice
          error={query.error ?? undefined}
          title={
            document === null
              ? 'Permohonan ini tidak punya pas foto.'
              : 'Pas foto tidak dapat dibuka. Berkas asli aman.'
          }
          retry={() => {
            setFailed(false)
            void query.refetch()
          }}
        />
        <Button onClick={onFiles}>Lihat berkas</Button>
      </div>
    )
  }
  if (!query.data || document === undefined || !picture) {
    return (
      <div className={css.alone}>
        <SkeletonRows label="Memuat foto" />
        <img
          className={css.unseen}
          src={source}
          alt=""
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => setPicture({ width, height })}
          onError={() => setFailed(true)}
        />
      </div>
    )
  }
  return (
    <OnePhoto key={document} {...station} view={query.data} document={document} source={source} picture={picture} />
  )
}

function OnePhoto(props: Station & { view: PortraitView; document: string; source: string; picture: Size }) {
  const { shown, idle, saveFirst, onFiles, view, document, source, picture } = props
  const phone = usePhone()
  const editing = useEdit(view, document, picture)
  const token = shown.claim?.token
  const { drawn, failed } = usePreview({ id: shown.id, token, document, edit: editing.edit, draws: view.draws })
  const { save, error } = useSaveEdit(shown, document, editing)
  const [original, setOriginal] = useState(false)
  useEffect(() => {
    saveFirst.current = save
    return () => {
      saveFirst.current = undefined
    }
  })
  const download = async () => {
    if (!(await save())) return
    const link = globalThis.document.createElement('a')
    link.href = portraitResult(shown.id)
    link.download = view.output.name
    link.click()
  }
  usePhotoKeys({ editing, picture, active: idle, onOriginal: setOriginal, onDownload: () => void download(), onFiles })

  const output = (
    <OutputCard view={view} editing={editing} drawn={drawn} failed={failed} onDownload={() => void download()}>
      <ResultView source={source} picture={picture} editing={editing} drawn={drawn} original={false} />
    </OutputCard>
  )
  return (
    <div className={css.body} inert={!idle}>
      <section className={css.pane} aria-label="Foto asli">
        <header>
          <h2>Asli</h2>
          <span className={css.dim}>
            {view.original && `${number(view.original.width)} × ${number(view.original.height)} px · `}tetap disimpan
          </span>
          <span className={css.arrows} aria-hidden="true">
            Geser <KeyHint keys="← → ↑ ↓" />
          </span>
          <Button variant="subtle" rightSection={<KeyHint keys="L" />} aria-keyshortcuts="L" onClick={onFiles}>
            Lihat berkas
          </Button>
        </header>
        <div className={css.stage}>
          <CropView
            source={source}
            picture={picture}
            frame={editing.frame}
            headHeight={view.output.headHeight}
            eyeLine={view.output.eyeLine}
            onChange={editing.change}
          />
        </div>
      </section>
      <section className={css.pane} aria-label="Hasil">
        <header>
          <h2>Hasil</h2>
          <Button
            variant="subtle"
            rightSection={<KeyHint keys="B" />}
            aria-pressed={original}
            onClick={() => setOriginal((now) => !now)}
          >
            Lihat asli
          </Button>
        </header>
        <div className={css.stage} data-card="true">
          <ResultView source={source} picture={picture} editing={editing} drawn={drawn} original={original} />
          {!phone && output}
        </div>
      </section>
      <aside className={css.controls} tabIndex={0} aria-label="Pemeriksaan dan pengaturan">
        {error !== null && <ProblemNotice error={error} title="Potongan belum tersimpan." />}
        <PhotoControls view={view} editing={editing} picture={picture} birthYear={shown.pupil?.birthDate.slice(0, 4)} />
        {phone && output}
      </aside>
    </div>
  )
}

const STEP = 1.02
const LEAN = 0.5
const FIELDS = 'input, textarea, select, [contenteditable="true"]'

/** The station's keys: arrows repeat while they are held, B shows the original for as long as it is down. */
function usePhotoKeys(on: {
  editing: Editing
  picture: Size
  active: boolean
  onOriginal: (shown: boolean) => void
  onDownload: () => void
  onFiles: () => void
}): void {
  const { editing, picture, active, onOriginal, onDownload, onFiles } = on
  const size = (by: number) => () => editing.change((now) => scaled(now, by, picture))
  useKeys(
    {
      ...(editing.propose ? { U: editing.propose } : {}),
      ...Object.fromEntries(BACKGROUND_KEYS.map(([colour, key]) => [key, () => editing.paint(colour)])),
      '4': () => editing.paint(undefined),
      '0': editing.reset,
      '+': size(1 / STEP),
      '=': size(1 / STEP),
      '-': size(STEP),
      '[': () => editing.change((now) => leaned(now, LEAN)),
      ']': () => editing.change((now) => leaned(now, -LEAN)),
      D: onDownload,
      L: onFiles,
      B: () => onOriginal(true),
    },
    active,
  )
  const latest = useRef({ editing, picture })
  useEffect(() => {
    latest.current = { editing, picture }
  })
  useEffect(() => {
    if (!active) return undefined
    const down = (event: KeyboardEvent) => {
      const inField = event.target instanceof Element && event.target.closest(FIELDS) !== null
      if (inField || layerOf(event) !== 'page' || event.ctrlKey || event.altKey || event.metaKey) return
      const by = arrowMove(event, latest.current.picture)
      if (!by) return
      event.preventDefault()
      latest.current.editing.change(by)
    }
    const up = (event: KeyboardEvent) => {
      if (event.key.toUpperCase() === 'B') onOriginal(false)
    }
    document.addEventListener('keydown', down)
    document.addEventListener('keyup', up)
    return () => {
      document.removeEventListener('keydown', down)
      document.removeEventListener('keyup', up)
    }
  }, [active, onOriginal])
}
