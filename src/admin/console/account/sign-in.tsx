import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ReactNode, SubmitEvent } from 'react'
import { isProblem } from '../client/request.ts'
import { useSignIn } from '../client/session.ts'
import { Logo } from '../parts/logo.tsx'
import { Notice } from '../parts/notices.tsx'
import css from './sign-in.module.css'

/** The password was right, and a code of the authenticator app is asked for. */
const needsCode = (error: unknown): boolean =>
  isProblem(error, 'unauthenticated') && error.problem.context?.['need'] === 'code'

/** Why signing in did not work, as a sentence to the operator. */
function refusal(error: unknown): string {
  if (needsCode(error)) return error instanceof Error ? error.message : ''
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
  const [code, setCode] = useState('')
  const [coded, setCoded] = useState(false)
  const submit = () =>
    signIn.mutate(
      { username: username.trim(), password, ...(coded && code !== '' ? { code: code.trim() } : {}) },
      { onError: (error) => setCoded(needsCode(error)) },
    )
  return (
    <EntryForm title="Masuk ke Smart Kids" explained="Konsol operator" onSubmit={submit}>
      {signIn.isError && (
        <Notice tone={needsCode(signIn.error) && code === '' ? 'note' : 'heavy'} title={refusal(signIn.error)} />
      )}
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
      {coded && (
        <TextInput
          label="Kode 6 angka"
          description="Dari aplikasi autentikator di ponsel Anda"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="[0-9]{6}"
          maxLength={6}
          autoFocus
          required
          withAsterisk={false}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      )}
      <Button type="submit" variant="filled" size="md" loading={signIn.isPending}>
        Masuk
      </Button>
    </EntryForm>
  )
}

/** What stands alone in the window before there is a console: the mark, what is asked for, and the form. */
export function EntryForm(props: { title: string; explained: string; onSubmit: () => void; children: ReactNode }) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    props.onSubmit()
  }
  return (
    <main className={css.page}>
      <form className={css.form} onSubmit={submit}>
        <div className={css.brand}>
          <Logo size={40} />
          <div>
            <h1>{props.title}</h1>
            <p>{props.explained}</p>
          </div>
        </div>
        {props.children}
      </form>
    </main>
  )
}
