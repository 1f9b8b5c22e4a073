import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { isProblem } from '../client/request.ts'
import { Logo } from '../parts/logo.tsx'
import { Notice, ProblemNotice } from '../parts/notices.tsx'
import { SkeletonRows } from '../parts/rows.tsx'
import { useAcceptInvite, useInviteOf } from './account.ts'
import css from './sign-in.module.css'

const LEAST = 10

/** Who was invited by a link chooses their own password. The token stands behind the `#`, which no server is sent. */
export function InvitePage() {
  const [token] = useState(() => location.hash.slice(1))
  const invite = useInviteOf(token)
  const accept = useAcceptInvite()
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const ready = next.length >= LEAST && next === again
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (ready) accept.mutate({ token, password: next })
  }
  if (invite.isPending) return <SkeletonRows label="Memuat undangan" />
  const of = invite.data
  return (
    <main className={css.page}>
      <form className={css.form} onSubmit={submit}>
        <div className={css.brand}>
          <Logo size={40} />
          <div>
            <h1>{of ? `Selamat datang, ${of.name}` : 'Undangan Smart Kids'}</h1>
            <p>{of ? `Nama pengguna Anda: ${of.username}` : 'Konsol operator'}</p>
          </div>
        </div>
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
              <PasswordInput
                label="Kata sandi baru"
                description={`Sedikitnya ${LEAST} huruf atau angka`}
                autoComplete="new-password"
                autoFocus
                value={next}
                error={next !== '' && next.length < LEAST ? `Masih ${next.length} dari ${LEAST}` : undefined}
                visibilityToggleButtonProps={{ 'aria-label': 'Tampilkan kata sandi baru' }}
                onChange={(event) => setNext(event.currentTarget.value)}
              />
              <PasswordInput
                label="Kata sandi baru sekali lagi"
                autoComplete="new-password"
                value={again}
                error={again !== '' && next !== again ? 'Belum sama' : undefined}
                visibilityToggleButtonProps={{ 'aria-label': 'Tampilkan ulangan kata sandi' }}
                onChange={(event) => setAgain(event.currentTarget.value)}
              />
              <Button type="submit" variant="filled" size="md" disabled={!ready} loading={accept.isPending}>
                Simpan kata sandi
              </Button>
            </>
          )
        )}
      </form>
    </main>
  )
}
