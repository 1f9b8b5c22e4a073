import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { isProblem } from '../client/request.ts'
import { useChangePassword, useMe, useSignOut } from '../client/session.ts'
import { Logo } from '../parts/logo.tsx'
import { Notice } from '../parts/notices.tsx'
import css from './sign-in.module.css'

const LEAST = 10

/** The first sign-in with a given password: a password of one's own comes before anything else. */
export function NewPassword() {
  const me = useMe()
  const change = useChangePassword()
  const signOut = useSignOut()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const differs = again !== '' && next !== again
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (next === again && next.length >= LEAST) change.mutate({ current, next })
  }
  return (
    <main className={css.page}>
      <form className={css.form} onSubmit={submit}>
        <div className={css.brand}>
          <Logo size={40} />
          <div>
            <h1>Buat kata sandi Anda</h1>
            <p>{me.name}, kata sandi pertama hanya berlaku sekali.</p>
          </div>
        </div>
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
        <PasswordInput
          label="Kata sandi baru"
          description={`Sedikitnya ${LEAST} huruf atau angka`}
          autoComplete="new-password"
          value={next}
          error={next !== '' && next.length < LEAST ? `Masih ${next.length} dari ${LEAST}` : undefined}
          visibilityToggleButtonProps={{ 'aria-label': 'Tampilkan kata sandi baru' }}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <PasswordInput
          label="Kata sandi baru sekali lagi"
          autoComplete="new-password"
          value={again}
          error={differs ? 'Belum sama' : undefined}
          visibilityToggleButtonProps={{ 'aria-label': 'Tampilkan ulangan kata sandi' }}
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
        <Button type="submit" variant="filled" size="md" loading={change.isPending}>
          Simpan kata sandi
        </Button>
        <Button variant="subtle" onClick={() => signOut.mutate()}>
          Keluar
        </Button>
      </form>
    </main>
  )
}
