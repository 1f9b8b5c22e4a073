import { Button, Checkbox, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import type { OperatorMade, OperatorView } from '../../contract/operator.ts'
import { useAddOperator, useChangeOperator, useNewPassword, useOperators } from '../client/office.ts'
import { useDropFactorOf, useInviteOperator } from '../client/account.ts'
import type { Role } from '../client/session.ts'
import { SessionsDialog } from '../dialogs/sessions-dialog.tsx'
import { SecretDialog } from '../dialogs/secret-dialog.tsx'
import type { Secret } from '../dialogs/secret-dialog.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { NextPage } from '../parts/next-page.tsx'
import { Page } from '../parts/page.tsx'
import { ProblemNotice } from '../parts/problem-notice.tsx'
import { RowsState } from '../parts/rows-state.tsx'
import css from '../parts/table.module.css'
import { roleName } from '../words/people.ts'
import { OperatorRows } from './operator-rows.tsx'

const ROLES = Object.keys(roleName) as readonly Role[]
const passwordOf = ({ operator, password }: OperatorMade): Secret => ({
  title: `Kata sandi ${operator.name}`,
  value: password,
  explained: 'Hanya tampil sekali. Diganti saat pertama masuk.',
})
const linkOf = (name: string, token: string): Secret => ({
  title: `Tautan undangan ${name}`,
  value: `${location.origin}/undangan#${token}`,
  explained: 'Hanya tampil sekali, berlaku 3 hari dan satu kali pakai. Kirim lewat jalur yang hanya dibaca orangnya.',
})

/** Who works in the console and as what. */
export function OperatorsPage() {
  const query = useOperators()
  const change = useChangeOperator()
  const newPassword = useNewPassword()
  const [editing, setEditing] = useState<OperatorView | 'new'>()
  const [secret, setSecret] = useState<Secret>()
  const [sessionsOf, setSessionsOf] = useState<OperatorView>()
  const invite = useInviteOperator()
  const dropFactor = useDropFactorOf()
  const failed = change.error ?? newPassword.error ?? invite.error ?? dropFactor.error
  return (
    <Page
      title="Operator"
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEditing('new')}>
          Tambah operator
        </Button>
      }
    >
      <div className={css.content}>
        {failed && <ProblemNotice error={failed} title="Belum tersimpan." />}
        <div className={css.scroll} role="region" tabIndex={0} aria-label="Daftar operator">
          <RowsState query={query} label="Operator" empty="Belum ada operator">
            {(rows) => (
              <OperatorRows
                operators={rows}
                whole={!query.hasNextPage}
                onEdit={setEditing}
                onSessions={setSessionsOf}
                onInvite={(one) =>
                  invite.mutate(one.id, { onSuccess: ({ token }) => setSecret(linkOf(one.name, token)) })
                }
                onPassword={(one) => newPassword.mutate(one.id, { onSuccess: (made) => setSecret(passwordOf(made)) })}
                onDropFactor={(one) => dropFactor.mutate(one.id)}
                onActive={(one, active) => change.mutate({ id: one.id, active })}
              />
            )}
          </RowsState>
          <NextPage list={query} />
        </div>
      </div>
      {editing && (
        <OperatorDialog
          of={editing === 'new' ? undefined : editing}
          onDone={(made) => {
            setEditing(undefined)
            if (made) setSecret(passwordOf(made))
          }}
          onClose={() => setEditing(undefined)}
        />
      )}
      {sessionsOf && <SessionsDialog of={sessionsOf} onClose={() => setSessionsOf(undefined)} />}
      <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />
    </Page>
  )
}

/** Name and roles; a new operator also gets a user name and, once stored, a first password. */
function OperatorDialog(props: {
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
