import { ActionIcon, Button, Menu } from '@mantine/core'
import {
  IconArrowsMaximize,
  IconChevronLeft,
  IconChevronRight,
  IconColumns2,
  IconDots,
  IconExternalLink,
  IconFolderSymlink,
  IconMinus,
  IconPhoto,
  IconPlus,
  IconRotate2,
  IconRotateClockwise2,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { ComponentType } from 'react'
import { drawnPages, pictureOf } from '../../client/case.ts'
import type { CaseDocument } from '../../client/case.ts'
import { shortcut } from '../../keys/key-hint.tsx'
import type { ActOf, PanelSurface } from '../../keys/table.ts'
import { useKeys } from '../../keys/use-keys.ts'
import { SeverityIcon } from '../../parts/marks.tsx'
import { usePhone } from '../../parts/surroundings.ts'
import { documentName, senderChangeName } from '../../words/document.ts'
import { fullMoment, moment } from '../../words/time.ts'
import type { Mark } from '../side/findings.ts'
import { Paper } from './paper.tsx'
import { FIT, leafed, rotated, UNSEEN, ZOOM_STEP, zoomed } from './sight.ts'
import type { Sight } from './sight.ts'
import type { Desk, Opened } from './use-opened.ts'
import css from './viewer.module.css'

type Tool = {
  name: string
  key: ActOf<'case'>
  Icon: ComponentType<{ size: number; 'aria-hidden': true }>
  pressed?: boolean
  act: () => void
}

/** The document that is open, or two of them side by side. `reason` is what the operator gave where one is asked for. */
export function Viewer(props: {
  application: string
  opened: Opened
  desk: Desk
  all: readonly CaseDocument[]
  marks: readonly Mark[]
  reason: string | undefined
  /** Whose keys look at it: the page's, or those of the panel that lies beside it. */
  surface: 'case' | PanelSurface
  /** Absent where the operator may not put files elsewhere. */
  onMove: (() => void) | undefined
}) {
  const { application, opened, all, marks, reason, surface, onMove } = props
  const { left, right, current } = props.desk
  const [sights, setSights] = useState<Readonly<Record<string, Sight>>>({})
  const change = (id: string) => (by: (sight: Sight) => Sight) =>
    setSights((known) => ({ ...known, [id]: by(known[id] ?? UNSEEN) }))
  const see = change(current.id)
  const pages = drawnPages(current)
  const { page } = sights[current.id] ?? UNSEEN
  const [asSent, setAsSent] = useState(false)
  const tools: readonly Tool[] = [
    { name: 'Perkecil', key: 'smaller', Icon: IconMinus, act: () => see((one) => zoomed(one, 1 / ZOOM_STEP)) },
    { name: 'Perbesar', key: 'larger', Icon: IconPlus, act: () => see((one) => zoomed(one, ZOOM_STEP)) },
    { name: 'Pas layar', key: 'fit', Icon: IconArrowsMaximize, act: () => see(({ page }) => ({ ...FIT, page })) },
    { name: 'Putar ke kiri', key: 'turnLeft', Icon: IconRotate2, act: () => see((one) => rotated(one, -90)) },
    { name: 'Putar ke kanan', key: 'turnRight', Icon: IconRotateClockwise2, act: () => see((one) => rotated(one, 90)) },
    ...(pages > 1
      ? [
          {
            name: 'Halaman sebelumnya',
            key: 'pageBefore' as const,
            Icon: IconChevronLeft,
            act: () => see((one) => leafed(one, -1, pages)),
          },
          {
            name: 'Halaman berikutnya',
            key: 'pageAfter' as const,
            Icon: IconChevronRight,
            act: () => see((one) => leafed(one, 1, pages)),
          },
        ]
      : []),
    ...(all.length > 1
      ? [
          {
            name: 'Bandingkan dua berkas',
            key: 'compare' as const,
            Icon: IconColumns2,
            pressed: !!right,
            act: opened.compare,
          },
        ]
      : []),
    ...(current.edited
      ? [
          {
            name: 'Foto asli',
            key: 'original' as const,
            Icon: IconPhoto,
            pressed: asSent,
            act: () => setAsSent((now) => !now),
          },
        ]
      : []),
    ...(onMove ? [{ name: 'Pindah jenis', key: 'move' as const, Icon: IconFolderSymlink, act: onMove }] : []),
  ]
  // letters and digits are the panel's own
  useKeys(surface, Object.fromEntries(tools.map(({ key, act }) => [key, act])))
  const name = documentName(current, all, 'full')
  const sides = [
    { side: 'left' as const, document: left },
    ...(right ? [{ side: 'right' as const, document: right }] : []),
  ]

  return (
    <section className={css.viewer} aria-label={name}>
      <div className={css.tools}>
        <h2 className={css.name}>{name}</h2>
        <span className={css.when}>
          {pages > 1 && `halaman ${page} dari ${pages} · `}
          {current.edited && (asSent ? 'seperti dikirim · ' : 'hasil edit · ')}
          {all.findIndex((one) => one.id === current.id) + 1} dari {all.length} · diterima{' '}
          {moment(current.at, new Date())}
        </span>
        {tools.map(({ name: label, key, Icon, pressed, act }) => (
          <ActionIcon
            key={label}
            aria-label={label}
            aria-keyshortcuts={shortcut('case', key)}
            aria-pressed={pressed}
            onClick={act}
          >
            <Icon size={18} aria-hidden />
          </ActionIcon>
        ))}
      </div>
      {current.senderChange && (
        <p className={css.changed}>
          <SeverityIcon severity="check" over="var(--surface)" />
          {senderChangeName[current.senderChange.kind]} {fullMoment(current.senderChange.at)}. Berkas ini tetap
          tersimpan.
        </p>
      )}
      <div className={css.sides} data-two={right !== undefined}>
        {sides.map(({ side, document }) => (
          <figure
            key={side}
            className={css.side}
            data-active={opened.active === side}
            onPointerDownCapture={() => opened.activate(side)}
            onFocusCapture={() => opened.activate(side)}
          >
            {right && <figcaption>{documentName(document, all, 'full')}</figcaption>}
            {drawnPages(document) === 0 ? (
              <UndrawnPdf
                src={pictureOf(application, document, 'full', { reason })}
                name={documentName(document, all, 'full')}
              />
            ) : (
              <Paper
                key={`${document.id} ${document.edited === true && asSent}`}
                application={application}
                document={document}
                name={documentName(document, all, 'full')}
                reason={reason}
                asSent={asSent}
                marks={marks}
                sight={sights[document.id] ?? UNSEEN}
                onSight={change(document.id)}
              />
            )}
          </figure>
        ))}
      </div>
      {pages > 1 && <p className={css.leaf}>{`Halaman ${page} dari ${pages}`}</p>}
      <PocketTools tools={tools} />
    </section>
  )
}

/** A phone zooms with two fingers; what else there is lies in one menu. */
function PocketTools({ tools }: { tools: readonly Tool[] }) {
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon className={css.pocket} variant="default" aria-label="Alat berkas">
          <IconDots size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {tools.slice(2).map(({ name, act }) => (
          <Menu.Item key={name} onClick={act}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** A PDF of which no page has been drawn: shown by the browser itself. Those of phones show none inside a page. */
function UndrawnPdf({ src, name }: { src: string; name: string }) {
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
