import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useMe } from '../client/session.ts'
import { useKeptFocus } from '../parts/kept-focus.ts'
import { ProblemNotice } from '../parts/notices.tsx'
import { Page } from '../parts/page.tsx'
import table from '../parts/rows.module.css'
import { NextPage, RowsState } from '../parts/rows.tsx'
import face from '../parts/text.module.css'
import css from '../settings/settings.module.css'
import { rolesLine } from '../words/people.ts'
import { useDropFactor, useEndSession, useOfferFactor, useSessions, useTakeFactor } from './account.ts'
import { SessionList } from './sessions.tsx'

/** Where I am signed in, and the second factor of my sign-in. */
export function AccountPage() {
  const me = useMe()
  const sessions = useSessions()
  const end = useEndSession()
  const keepFocus = useKeptFocus(end.isPending)
  return (
    <Page title="Akun saya" beside={`${me.name}, ${rolesLine(me.roles)}`}>
      <div className={table.content}>
        {end.isError && <ProblemNotice error={end.error} title="Sesi belum diakhiri." />}
        <div className={`${css.page} ${css.narrow}`} role="region" tabIndex={0} aria-label="Akun saya">
          <section aria-labelledby="factor">
            <h2 id="factor">Kode kedua saat masuk</h2>
            {me.secondFactor ? <FactorOn /> : <FactorOff />}
          </section>
          <section aria-labelledby="sessions">
            <h2 id="sessions">Perangkat yang sedang masuk</h2>
            <RowsState query={sessions} label="Sesi" empty="Tidak ada sesi">
              {(rows) => (
                <SessionList
                  rows={rows}
                  onEnd={(one) => {
                    keepFocus()
                    end.mutate(one.id)
                  }}
                />
              )}
            </RowsState>
            <NextPage list={sessions} />
          </section>
        </div>
      </div>
    </Page>
  )
}

function FactorOn() {
  const drop = useDropFactor()
  const [password, setPassword] = useState('')
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    if (password !== '') drop.mutate({ password })
  }
  return (
    <form className={css.accountForm} onSubmit={send}>
      <p>Menyala. Setiap masuk, Anda ditanya kode dari aplikasi autentikator.</p>
      {drop.isError && <ProblemNotice error={drop.error} title="Belum dimatikan." />}
      <PasswordInput
        label="Kata sandi, untuk mematikannya"
        autoComplete="current-password"
        value={password}
        visibilityToggleButtonProps={{ 'aria-label': 'Tampilkan kata sandi' }}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit" disabled={password === ''} loading={drop.isPending}>
        Matikan kode kedua
      </Button>
    </form>
  )
}

/** First the password, then the picture for the app, then its first code: only that switches it on. */
function FactorOff() {
  const offer = useOfferFactor()
  const take = useTakeFactor()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const made = offer.data
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    if (made) take.mutate({ code: code.trim() })
    else if (password !== '') offer.mutate({ password }, { onSuccess: () => setPassword('') })
  }
  return (
    <form className={css.accountForm} onSubmit={send}>
      <p>
        Padam. Dengan kode kedua, kata sandi yang bocor saja tidak cukup untuk membuka data anak. Perlu aplikasi
        autentikator di ponsel Anda.
      </p>
      {(offer.isError || take.isError) && <ProblemNotice error={take.error ?? offer.error} title="Belum menyala." />}
      {made ? (
        <>
          <img
            className={css.code}
            src={made.picture}
            width={200}
            height={200}
            alt="Kode QR untuk aplikasi autentikator"
          />
          <p className={face.small}>
            Tidak dapat memindai? Ketik kunci ini di aplikasi: <span className={css.secret}>{made.secret}</span>
          </p>
          <TextInput
            label="Kode 6 angka dari aplikasi"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            autoFocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <Button type="submit" variant="filled" disabled={!/^\d{6}$/.test(code.trim())} loading={take.isPending}>
            Nyalakan
          </Button>
        </>
      ) : (
        <>
          <PasswordInput
            label="Kata sandi Anda"
            autoComplete="current-password"
            value={password}
            visibilityToggleButtonProps={{ 'aria-label': 'Tampilkan kata sandi' }}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" disabled={password === ''} loading={offer.isPending}>
            Siapkan kode kedua
          </Button>
        </>
      )}
    </form>
  )
}
