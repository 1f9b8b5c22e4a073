import { Checkbox, Modal } from '@mantine/core'
import { useState } from 'react'
import { pageSurfaces } from './keyboard.ts'
import css from './keys-dialog.module.css'
import { singleLettersOn, switchSingleLetters } from './single-letters.ts'
import { KEYS, PANEL, shownKey, surfaceOf } from './table.ts'
import type { KeyRow, SurfaceName } from './table.ts'
import { keysOf } from './use-keys.ts'

const NAMES = Object.keys(KEYS) as SurfaceName[]
const PANEL_ROWS: readonly KeyRow[] = Object.values(PANEL)

/** Which keys do what, those of the page at hand first, and the switch for those of one letter. */
export function KeysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Tombol" attributes={keysOf('dialog')}>
      <KeysList />
    </Modal>
  )
}

function KeysList() {
  const [on, setOn] = useState(singleLettersOn)
  const [here] = useState(pageSurfaces)
  const inOrder = [...here, ...NAMES.filter((name) => !here.includes(name))]
  return (
    <>
      {inOrder.map((name) => (
        // what all panels have is said once
        <KeyGroup key={name} name={surfaceOf(name).name} rows={rowsOf(name)} />
      ))}
      <KeyGroup name="Semua panel" rows={PANEL_ROWS} />
      <Checkbox
        mt="lg"
        label="Tombol satu huruf menyala"
        checked={on}
        onChange={(event) => {
          setOn(event.currentTarget.checked)
          switchSingleLetters(event.currentTarget.checked)
        }}
      />
    </>
  )
}

function rowsOf(name: SurfaceName): readonly KeyRow[] {
  const { over, keys } = surfaceOf(name)
  return Object.values(keys).filter((row) => !over || !PANEL_ROWS.includes(row))
}

function KeyGroup({ name, rows }: { name: string; rows: readonly KeyRow[] }) {
  if (rows.length === 0) return null
  return (
    <section className={css.group}>
      <h3>{name}</h3>
      <dl className={css.list}>
        {rows.map(({ keys, shown, does }) => (
          <div key={keys[0]}>
            <dt>
              <kbd>{shown ?? shownKey(keys[0])}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
