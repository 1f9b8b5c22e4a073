import './sign-in.module.css'
import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { isProblem } from '../client/request.ts'
import { useChangePassword, useMe, useSignOut } from '../client/session.ts'
import { Notice, ProblemNotice } from '../parts/notices.tsx'
import { SkeletonRows } from '../parts/rows.tsx'
import { useAcceptInvite, useInviteOf } from './account.ts'
import { EntryForm } from './sign-in.tsx'

const LEAST = 10

/** The first sign-in with a given password: a password of one's own comes before anything else. */
export function NewPassword() {
  const me = useMe()
  const change = useChangePassword()
  const signOut = useSignOut()
  const [current, setCurrent] = useState('')
  const next = useNewPassword()
  const submit = () => {
    if (next.ready) change.mutate({ current, next: next.value })
  }
  return (
    <EntryForm
      title="Buat kata sandi Anda"
      explained={`${me.name}, kata sandi pertama hanya berlaku sekali.`}
      onSubmit={submit}
    >
      {change.isError && (
        <Notice
          tone="heavy"
          title={
            isProblem(change.error, 'offline')
              ? 'Sambungan terputus.'
              : isProblem(change.error, 'unauthenticated') || isProblem(change.error, 'forbidden')
                ? 'Kata sandi sekarang tidak cocok.'
                : change.error.message
          }
        />
      )}
      <input type="hidden" name="username" autoComplete="username" value={me.username} readOnly />
      <PasswordInput
        label="Kata sandi sekarang"
        autoComplete="current-password"
        autoFocus
        value={current}
        visibilityToggleButtonProps={{ 'aria-label': 'Tampilkan kata sandi sekarang' }}
        onChange={(event) => setCurrent(event.currentTarget.value)}
      />
      {next.fields(false)}
      <Button type="submit" variant="filled" size="md" loading={change.isPending}>
        Simpan kata sandi
      </Button>
      <Button variant="subtle" onClick={() => signOut.mutate()}>
        Keluar
      </Button>
    </EntryForm>
  )
}

/** Who was invited by a link chooses their own password. The token stands behind the `#`, which no server is sent. */
export function InvitePage() {
  const [token] = useState(() => location.hash.slice(1))
  const invite = useInviteOf(token)
  const accept = useAcceptInvite()
  const next = useNewPassword()
  const submit = () => {
    if (next.ready) accept.mutate({ token, password: next.value })
  }
  if (invite.isPending) return <SkeletonRows label="Memuat undangan" />
  const of = invite.data
  return (
    <EntryForm
      title={of ? `Selamat datang, ${of.name}` : 'Undangan Smart Kids'}
      explained={of ? `Nama pengguna Anda: ${of.username}` : 'Konsol operator'}
      onSubmit={submit}
    >
      {!of &&
        (isProblem(invite.error, 'not-found') || isProblem(invite.error, 'malformed') ? (
          <Notice tone="heavy" title="Tautan ini tidak berlaku lagi. Minta yang baru kepada penyelia." />
        ) : (
          <ProblemNotice
            error={invite.error}
            title="Undangan tidak dapat dibuka."
            retry={() => void invite.refetch()}
          />
        ))}
      {accept.isError && <ProblemNotice error={accept.error} title="Belum tersimpan." />}
      {accept.isSuccess ? (
        <>
          <Notice tone="note" title="Kata sandi tersimpan. Tautan ini tidak dapat dipakai lagi." />
          <Button variant="filled" size="md" component="a" href="/">
            Masuk
          </Button>
        </>
      ) : (
        of && (
          <>
            <input type="hidden" name="username" autoComplete="username" value={of.username} readOnly />
            {next.fields(true)}
            <Button type="submit" variant="filled" size="md" disabled={!next.ready} loading={accept.isPending}>
              Simpan kata sandi
            </Button>
          </>
        )
      )}
    </EntryForm>
  )
}

/** A new password, typed twice: whether it may be sent, and its two fields; `focused`: who comes begins there. */
function useNewPassword() {
  const [value, setValue] = useState('')
  const [again, setAgain] = useState('')
  return {
    value,
    ready: value.length >= LEAST && value === again,
    fields: (focused: boolean) => (
      <>
        <PasswordInput
          label="Kata sandi baru"
          description={`Sedikitnya ${LEAST} huruf atau angka`}
          autoComplete="new-password"
          autoFocus={focused}
          value={value}
          error={value !== '' && value.length < LEAST ? `Masih ${value.length} dari ${LEAST}` : undefined}
          visibilityToggleButtonProps={{ 'aria-label': 'Tampilkan kata sandi baru' }}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <PasswordInput
          label="Kata sandi baru sekali lagi"
          autoComplete="new-password"
          value={again}
          error={again !== '' && value !== again ? 'Belum sama' : undefined}
          visibilityToggleButtonProps={{ 'aria-label': 'Tampilkan ulangan kata sandi' }}
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
      </>
    ),
  }
}
