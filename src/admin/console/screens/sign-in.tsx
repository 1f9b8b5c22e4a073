import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { isProblem } from '../client/request.ts'
import { useSignIn } from '../client/session.ts'
import { Logo } from '../parts/logo.tsx'
import { Notice } from '../parts/notice.tsx'
import css from './sign-in.module.css'

/** Why signing in did not work, as a sentence to the operator. */
function refusal(error: unknown): string {
  if (isProblem(error, 'unauthenticated')) return 'Nama pengguna atau kata sandi tidak cocok.'
  if (isProblem(error, 'too-many-requests')) {
    const seconds = error.problem.retryAfter
    const wait = seconds === undefined ? 'beberapa menit' : `${Math.ceil(seconds / 60)} menit`
    return `Terlalu sering gagal. Coba lagi dalam ${wait}.`
  }
  return isProblem(error) ? error.message : 'Terjadi kesalahan.'
}

export function SignIn() {
  const signIn = useSignIn()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    signIn.mutate({ username: username.trim(), password })
  }
  return (
    <main className={css.page}>
      <form className={css.form} onSubmit={submit}>
        <div className={css.brand}>
          <Logo size={40} />
          <div>
            <h1>Masuk ke Smart Kids</h1>
            <p>Konsol operator</p>
          </div>
        </div>
        {signIn.isError && <Notice tone="heavy" title={refusal(signIn.error)} />}
        <TextInput
          label="Nama pengguna"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          autoFocus
          required
          withAsterisk={false}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <PasswordInput
          label="Kata sandi"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ 'aria-label': 'Tampilkan kata sandi' }}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" variant="filled" size="md" loading={signIn.isPending}>
          Masuk
        </Button>
      </form>
    </main>
  )
}
