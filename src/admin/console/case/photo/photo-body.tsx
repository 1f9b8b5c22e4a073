import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { RefObject } from 'react'
import type { PortraitView } from '../../../contract/portrait.ts'
import { lacksBackground } from '../../../../models/file/look.ts'
import { portraitResult } from '../../client/case.ts'
import type { Case } from '../../client/case.ts'
import { pictureSource } from '../../client/pictures.ts'
import { hinted, KeyHint } from '../../keys/key-hint.tsx'
import { useKeys } from '../../keys/use-keys.ts'
import { ProblemNotice } from '../../parts/notices.tsx'
import { SkeletonRows } from '../../parts/rows.tsx'
import { usePhone } from '../../parts/surroundings.ts'
import { saveFrom } from '../../parts/take-away.ts'
import { number } from '../../words/time.ts'
import { arrowMove, CropView } from './crop-view.tsx'
import { leaned, scaled } from './frame.ts'
import type { Size } from './frame.ts'
import css from './photo-body.module.css'
import { BACKGROUNDS, PhotoControls } from './photo-controls.tsx'
import { OutputCard, ResultView } from './result.tsx'
import { useEdit, useSaveEdit } from './use-edit.ts'
import type { Editing } from './use-edit.ts'
import { portraitPicture, usePortrait, usePreview } from './use-portrait.ts'

/** Keeps the edit on the screen; false where that failed, and the reason is shown. */
export type SaveFirst = () => Promise<boolean>
type Station = {
  shown: Case
  /** No panel lies over it. */
  idle: boolean
  /** What has to be kept before the photo is approved. */
  saveFirst: RefObject<SaveFirst | undefined>
  onFiles: () => void
  /** Told whether the portrait, as it is on the screen, lacks the office's background. */
  onBackground: (lacking: boolean) => void
}

/** The photo station: as it came on the left, as it will be in the middle, what decides it on the right. */
export function PhotoBody(station: Station) {
  const { shown, onFiles } = station
  const query = usePortrait(shown.id, undefined)
  useKeys('photo', { files: onFiles })
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
  const { shown, idle, saveFirst, onFiles, onBackground, view, document, source, picture } = props
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
  const painted = editing.background
  const lacking = lacksBackground(view.background.expected, { painted, seen: view.look?.background })
  useEffect(() => {
    onBackground(lacking)
    return () => onBackground(false)
  }, [lacking, onBackground])
  const download = async () => {
    if (!(await save())) return
    saveFrom(portraitResult(shown.id), view.output.name)
  }
  usePhotoKeys({ editing, picture, onOriginal: setOriginal, onDownload: () => void download() })

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
            Geser <KeyHint surface="photo" act="move" />
          </span>
          <Button variant="subtle" {...hinted('photo', 'files')} onClick={onFiles}>
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
            rightSection={<KeyHint surface="photo" act="original" />}
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

/** The station's keys; B shows the original for as long as it is down. */
function usePhotoKeys(on: {
  editing: Editing
  picture: Size
  onOriginal: (shown: boolean) => void
  onDownload: () => void
}): void {
  const { editing, picture, onOriginal, onDownload } = on
  const size = (by: number) => () => editing.change((now) => scaled(now, by, picture))
  useKeys('photo', {
    ...(editing.propose && { propose: editing.propose }),
    background: (key) => editing.paint(BACKGROUNDS[Number(key) - 1]?.colour),
    asIs: () => editing.paint(undefined),
    reset: editing.reset,
    smallerCut: size(1 / STEP),
    largerCut: size(STEP),
    leanLeft: () => editing.change((now) => leaned(now, LEAN)),
    leanRight: () => editing.change((now) => leaned(now, -LEAN)),
    move: (key) => editing.change(arrowMove(key, picture)),
    moveFar: (key) => editing.change(arrowMove(key, picture)),
    download: onDownload,
    original: () => {
      onOriginal(true)
      return () => onOriginal(false)
    },
  })
}
