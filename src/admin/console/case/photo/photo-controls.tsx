import { ActionIcon, Button, NumberInput } from '@mantine/core'
import { IconCheck, IconRotate2, IconRotateClockwise2 } from '@tabler/icons-react'
import type { PortraitView } from '../../../contract/portrait.ts'
import { hinted, KeyHint, shortcut } from '../../keys/key-hint.tsx'
import { SeverityIcon, severityName } from '../../parts/marks.tsx'
import face from '../../parts/text.module.css'
import { checksOf, degrees, lightPercent, signed } from './checks.ts'
import { leaned, scaled, slant } from './frame.ts'
import type { Size } from './frame.ts'
import css from './photo-controls.module.css'
import type { Editing } from './use-edit.ts'

/** In the order of their keys. */
export const BACKGROUNDS = [
  { colour: 'red', name: 'Merah' },
  { colour: 'blue', name: 'Biru' },
  { colour: 'orange', name: 'Oranye' },
] as const

/** What was measured, the background by the office's rule, light and turn, and the cut in numbers. */
export function PhotoControls(props: {
  view: PortraitView
  editing: Editing
  picture: Size
  birthYear: string | undefined
}) {
  const { view, editing, picture, birthYear } = props
  const { frame, brightness, background } = editing
  const { background: rule } = view
  const years = (colour: string) =>
    [
      rule.oddYears === colour && 'tahun ganjil',
      rule.evenYears === colour && 'tahun genap',
      rule.foreigners === colour && 'WNA',
    ]
      .filter(Boolean)
      .join(', ')
  const expected = BACKGROUNDS.find(({ colour }) => colour === rule.expected)?.name ?? ''
  return (
    <>
      <section className={css.section} aria-label="Pemeriksaan">
        <header>
          <h2>Pemeriksaan</h2>
          {editing.propose && (
            <Button {...hinted('photo', 'propose')} disabled={editing.proposed} onClick={editing.propose}>
              {editing.proposed ? 'Usulan terpakai' : 'Pakai usulan'}
            </Button>
          )}
        </header>
        <ul className={css.checks}>
          {checksOf(view, editing, picture).map(({ key, state, text, hint, measure }) => (
            <li key={key}>
              <span style={{ color: state === 'ok' ? 'var(--accent)' : `var(--${state})` }}>
                {state === 'ok' ? (
                  <IconCheck size={16} aria-label="Sesuai" />
                ) : (
                  <SeverityIcon severity={state} over="var(--surface)" size={16} />
                )}
                {state !== 'ok' && <span className={face.unseen}>{severityName[state]}</span>}
              </span>
              <span>
                {text}
                {hint && <small>{hint}</small>}
              </span>
              <small>{measure}</small>
            </li>
          ))}
        </ul>
      </section>
      <section className={css.section}>
        <h2 id="latar">Latar</h2>
        <div className={css.swatches} role="radiogroup" aria-labelledby="latar">
          {BACKGROUNDS.map(({ colour, name }, i) => (
            <button
              key={colour}
              type="button"
              role="radio"
              aria-checked={background === colour}
              aria-keyshortcuts={shortcut('photo', 'background', i)}
              onClick={() => editing.paint(colour)}
            >
              <i style={{ background: rule.colours[colour] }}>
                {background === colour && <IconCheck size={20} aria-hidden />}
              </i>
              <span>
                {name} <KeyHint surface="photo" act="background" at={i} />
                <small>{years(colour)}</small>
              </span>
            </button>
          ))}
          <button
            type="button"
            role="radio"
            className={css.asIs}
            aria-checked={background === undefined}
            aria-keyshortcuts={shortcut('photo', 'asIs')}
            onClick={() => editing.paint(undefined)}
          >
            Biarkan latar asli <KeyHint surface="photo" act="asIs" />
          </button>
        </div>
        <p className={css.dim}>
          {birthYear === undefined
            ? `Aturan kantor: ${expected.toLowerCase()}.`
            : `Lahir ${birthYear}: ${expected.toLowerCase()} (aturan kantor).`}
        </p>
      </section>
      <section className={css.section} aria-label="Cahaya dan putaran">
        <label className={css.slider}>
          <span>Kecerahan</span>
          <b>{signed(lightPercent(brightness))}</b>
          <input
            type="range"
            min={-50}
            max={100}
            value={lightPercent(brightness)}
            onChange={(event) => editing.light(1 + Number(event.currentTarget.value) / 100)}
          />
        </label>
        <label className={css.slider}>
          <span>Putar</span>
          <b>{degrees(-slant(frame.angle))}</b>
          <input
            type="range"
            min={-20}
            max={20}
            step={0.5}
            value={-slant(frame.angle)}
            onChange={(event) => {
              const to = -Number(event.currentTarget.value)
              editing.change((now) => leaned(now, to - slant(now.angle)))
            }}
          />
        </label>
        <label className={css.slider}>
          <span>Ukuran potongan</span>
          <b>{Math.round((frame.height / picture.height) * 100)}%</b>
          <input
            type="range"
            min={10}
            max={150}
            value={Math.round((frame.height / picture.height) * 100)}
            onChange={(event) => {
              const to = (Number(event.currentTarget.value) / 100) * picture.height
              editing.change((now) => scaled(now, to / now.height, picture))
            }}
          />
        </label>
        <div className={css.place}>
          <NumberInput
            label="Mendatar, %"
            value={Math.round((frame.x / picture.width) * 1000) / 10}
            min={0}
            max={100}
            step={0.5}
            decimalSeparator=","
            onChange={(value) => editing.change((now) => ({ ...now, x: (Number(value) / 100) * picture.width }))}
          />
          <NumberInput
            label="Tegak, %"
            value={Math.round((frame.y / picture.height) * 1000) / 10}
            min={0}
            max={100}
            step={0.5}
            decimalSeparator=","
            onChange={(value) => editing.change((now) => ({ ...now, y: (Number(value) / 100) * picture.height }))}
          />
        </div>
        <div className={css.turns}>
          <ActionIcon aria-label="Putar seperempat ke kiri" onClick={() => editing.change((now) => leaned(now, 90))}>
            <IconRotate2 size={18} aria-hidden />
          </ActionIcon>
          <ActionIcon aria-label="Putar seperempat ke kanan" onClick={() => editing.change((now) => leaned(now, -90))}>
            <IconRotateClockwise2 size={18} aria-hidden />
          </ActionIcon>
          <Button variant="subtle" {...hinted('photo', 'reset')} onClick={editing.reset}>
            Ulang dari asli
          </Button>
        </div>
      </section>
    </>
  )
}
