import { Button, Menu } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { OperatorMade, OperatorView } from '../../contract/operator.ts'
import { useDropFactorOf, useInviteOperator } from '../account/account.ts'
import { SessionsDialog } from '../account/sessions.tsx'
import { useChangeOperator, useNewPassword, useOperators } from '../client/office.ts'
import { useMe } from '../client/session.ts'
import { MoreMenu } from '../parts/buttons.tsx'
import { AnswerDialog, SecretDialog } from '../parts/dialogs.tsx'
import type { Secret } from '../parts/dialogs.tsx'
import { PlainBadge } from '../parts/marks.tsx'
import { ProblemNotice } from '../parts/notices.tsx'
import { Page } from '../parts/page.tsx'
import css from '../parts/rows.module.css'
import { ListRegion, ListTable } from '../parts/table.tsx'
import type { Column } from '../parts/table.tsx'
import face from '../parts/text.module.css'
import { rolesLine } from '../words/people.ts'
import { LetGo } from './let-go.tsx'
import { OperatorDialog } from './operator-dialog.tsx'

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

/** What cuts somebody off from their work, or makes their account less safe, is asked once more. */
const QUESTIONS = {
  password: {
    title: (name: string) => `Buat kata sandi baru untuk ${name}?`,
    explained: 'Kata sandinya yang sekarang tidak berlaku lagi, dan ia keluar dari semua perangkat.',
    submit: 'Buat kata sandi baru',
  },
  factor: {
    title: (name: string) => `Matikan kode kedua ${name}?`,
    explained: 'Bila ponselnya hilang atau diganti. Sampai ia menyiapkan yang baru, kata sandinya saja sudah cukup.',
    submit: 'Matikan kode kedua',
  },
} as const
type Question = { about: keyof typeof QUESTIONS; of: OperatorView }

/** Who works in the console and as what. */
export function OperatorsPage() {
  const me = useMe()
  const query = useOperators()
  const change = useChangeOperator()
  const newPassword = useNewPassword()
  const [editing, setEditing] = useState<OperatorView | 'new'>()
  const [secret, setSecret] = useState<Secret>()
  const [sessionsOf, setSessionsOf] = useState<OperatorView>()
  const invite = useInviteOperator()
  const dropFactor = useDropFactorOf()
  const [question, setQuestion] = useState<Question>()
  const [leaving, setLeaving] = useState<OperatorView>()
  const acts = [newPassword, dropFactor]
  const answered = acts.find((act) => act.error)?.error ?? null
  const failed = change.error ?? invite.error
  const close = () => {
    setQuestion(undefined)
    for (const act of acts) act.reset()
  }
  const answer = ({ about, of }: Question) => {
    if (about === 'factor') dropFactor.mutate(of.id, { onSuccess: close })
    if (about !== 'password') return
    newPassword.mutate(of.id, {
      onSuccess: (made) => {
        close()
        setSecret(passwordOf(made))
      },
    })
  }
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
        <ListRegion name="Daftar operator">
          <ListTable
            query={query}
            label="Operator"
            empty="Belum ada operator"
            columns={columnsOf(me.id, {
              edit: setEditing,
              sessions: setSessionsOf,
              invite: (one) => invite.mutate(one.id, { onSuccess: ({ token }) => setSecret(linkOf(one.name, token)) }),
              password: (of) => setQuestion({ about: 'password', of }),
              dropFactor: (of) => setQuestion({ about: 'factor', of }),
              active: (of, active) => {
                if (active) change.mutate({ id: of.id, active })
                else setLeaving(of)
              },
            })}
            keyOf={(one) => one.id}
            height={{ wide: 53, phone: 130 }}
          />
        </ListRegion>
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
      {question && (
        <AnswerDialog
          title={QUESTIONS[question.about].title(question.of.name)}
          explained={QUESTIONS[question.about].explained}
          fields={[]}
          submit={QUESTIONS[question.about].submit}
          busy={acts.some((act) => act.isPending)}
          error={answered}
          onSubmit={() => answer(question)}
          onClose={close}
        />
      )}
      {leaving && <LetGo of={leaving} onClose={() => setLeaving(undefined)} />}
      {sessionsOf && <SessionsDialog of={sessionsOf} onClose={() => setSessionsOf(undefined)} />}
      <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />
    </Page>
  )
}

type OfOne = (operator: OperatorView) => void

/** What may be done to an operator. */
type Acts = Record<'edit' | 'sessions' | 'invite' | 'password' | 'dropFactor', OfOne> & {
  active: (operator: OperatorView, active: boolean) => void
}

/** Operators by user name. */
const columnsOf = (me: string, on: Acts): readonly Column<OperatorView>[] => [
  {
    head: 'Nama',
    cell: (one) => (
      <>
        <span className={css.name}>{one.name}</span> {!one.active && <PlainBadge>Tidak aktif</PlainBadge>}
        {one.secondFactor && <PlainBadge>Kode kedua</PlainBadge>}
        {one.id === me && <span className={css.dim}> Anda</span>}
      </>
    ),
  },
  { head: 'Nama pengguna', className: face.mono, cell: (one) => one.username },
  { head: 'Peran', cell: (one) => rolesLine(one.roles) },
  {
    head: 'Tindakan',
    unseen: true,
    cell: (one) => (
      <div className={css.acts}>
        <Button aria-label={`Ubah ${one.name}`} onClick={() => on.edit(one)}>
          Ubah
        </Button>
        <MoreMenu name={one.name}>
          <Menu.Item onClick={() => on.invite(one)}>Buat tautan undangan</Menu.Item>
          <Menu.Item onClick={() => on.password(one)}>Buat kata sandi baru</Menu.Item>
          <Menu.Item onClick={() => on.sessions(one)}>Lihat sesi</Menu.Item>
          {one.secondFactor && <Menu.Item onClick={() => on.dropFactor(one)}>Matikan kode kedua</Menu.Item>}
          <Menu.Item onClick={() => on.active(one, !one.active)}>
            {one.active ? 'Nonaktifkan' : 'Aktifkan lagi'}
          </Menu.Item>
        </MoreMenu>
      </div>
    ),
  },
]
