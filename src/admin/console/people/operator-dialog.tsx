import { Button, Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import type { OperatorMade, OperatorView } from '../../contract/operator.ts'
import { useAddOperator, useChangeOperator } from '../client/office.ts'
import type { Role } from '../client/session.ts'
import { Dialog } from '../parts/dialogs.tsx'
import { ProblemNotice } from '../parts/notices.tsx'
import css from '../parts/rows.module.css'
import { roleName } from '../words/people.ts'

const ROLES = Object.keys(roleName) as readonly Role[]

/** Name and roles; a new operator also gets a user name and, once stored, a first password. */
export function OperatorDialog(props: {
  of: OperatorView | undefined
  onDone: (made?: OperatorMade) => void
  onClose: () => void
}) {
  const { of, onDone, onClose } = props
  const add = useAddOperator()
  const change = useChangeOperator()
  const [name, setName] = useState(of?.name ?? '')
  const [username, setUsername] = useState('')
  const [roles, setRoles] = useState<readonly Role[]>(of?.roles ?? [])
  const error = add.error ?? change.error
  const ready = name.trim() !== '' && roles.length > 0 && (of !== undefined || username.trim() !== '')
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    if (!ready) return
    const chosen = ROLES.filter((role) => roles.includes(role))
    if (of) change.mutate({ id: of.id, name: name.trim(), roles: chosen }, { onSuccess: () => onDone() })
    else add.mutate({ username: username.trim(), name: name.trim(), roles: chosen }, { onSuccess: onDone })
  }
  return (
    <Dialog onClose={onClose} title={of ? `Ubah ${of.name}` : 'Tambah operator'}>
      <form className={css.form} onSubmit={send}>
        {error && <ProblemNotice error={error} title="Belum tersimpan." />}
        <TextInput
          label="Nama"
          data-autofocus
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {!of && (
          <TextInput
            label="Nama pengguna"
            description="Huruf kecil, angka, titik atau tanda hubung"
            autoCapitalize="none"
            pattern="[a-z0-9][a-z0-9._\-]{1,39}"
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
          />
        )}
        <Checkbox.Group label="Peran" value={[...roles]} onChange={(next) => setRoles(next as Role[])}>
          {ROLES.map((role) => (
            <Checkbox key={role} mt="sm" value={role} label={roleName[role]} />
          ))}
        </Checkbox.Group>
        <Button type="submit" variant="filled" disabled={!ready} loading={add.isPending || change.isPending}>
          Simpan
        </Button>
      </form>
    </Dialog>
  )
}
