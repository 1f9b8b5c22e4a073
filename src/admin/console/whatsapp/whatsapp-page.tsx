import { Button, TextInput } from '@mantine/core'
import { toDataURL } from 'qrcode'
import { useEffect, useState } from 'react'
import type { SubmitEvent } from 'react'
import type { WhatsappView } from '../../contract/whatsapp.ts'
import { AnswerDialog } from '../parts/dialogs.tsx'
import { Notice, ProblemNotice } from '../parts/notices.tsx'
import { Page } from '../parts/page.tsx'
import { SkeletonRows } from '../parts/rows.tsx'
import { fullMoment } from '../words/time.ts'
import css from './whatsapp-page.module.css'
import {
  phoneNumber,
  usePairWhatsapp,
  useUnlinkWhatsapp,
  useWhatsapp,
  whatsappAlert,
  whatsappState,
} from './whatsapp.ts'

/** The office's WhatsApp number: its state, pairing by QR or code, and unlinking. For supervisors. */
export function WhatsappPage() {
  const query = useWhatsapp()
  const pair = usePairWhatsapp()
  const view = query.data
  const [unlinking, setUnlinking] = useState(false)
  const error = query.error ?? pair.error
  return (
    <Page
      title="WhatsApp"
      actions={view?.state === 'open' ? <Button onClick={() => setUnlinking(true)}>Putuskan nomor</Button> : undefined}
    >
      <div className={css.content}>
        {error && <ProblemNotice error={error} title="Tidak dapat dimuat." />}
        {!view && !error && <SkeletonRows label="Memuat keadaan WhatsApp" />}
        {view && <Alert view={view} />}
        {view && <Facts view={view} />}
        {view?.state === 'pairing' && <Pairing view={view} pair={pair} />}
        {view?.state === 'stopped' && (
          <Button variant="filled" loading={pair.isPending} onClick={() => pair.mutate({})}>
            Sambungkan lagi
          </Button>
        )}
      </div>
      {unlinking && <UnlinkDialog onClose={() => setUnlinking(false)} />}
    </Page>
  )
}

function Alert({ view }: { view: WhatsappView }) {
  if (!view.alert) return null
  const { title, what } = whatsappAlert(view.alert)
  return (
    <Notice tone="heavy" title={title}>
      <p>{what}</p>
    </Notice>
  )
}

function Facts({ view }: { view: WhatsappView }) {
  const { name, explained } = whatsappState(view.state)
  return (
    <dl className={css.facts}>
      <dt>Keadaan</dt>
      <dd>
        <span>{name}</span>
        <small>{explained}</small>
      </dd>
      {view.phone && (
        <>
          <dt>Nomor kantor</dt>
          <dd>{phoneNumber(view.phone)}</dd>
        </>
      )}
      {view.since && (
        <>
          <dt>Sejak</dt>
          <dd>{fullMoment(view.since)}</dd>
        </>
      )}
      {view.lastError && (
        <>
          <dt>Kode terakhir</dt>
          <dd>{view.lastError}</dd>
        </>
      )}
    </dl>
  )
}

function Pairing({ view, pair }: { view: WhatsappView; pair: ReturnType<typeof usePairWhatsapp> }) {
  const [phone, setPhone] = useState('')
  // the code comes a moment after the wish; one that got lost with its connection may be repeated at the next QR
  const [askedAt, setAskedAt] = useState<string>()
  const asked = askedAt !== undefined && askedAt === view.qr && !pair.isError
  const picture = useQr(view.qr)
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    setAskedAt(view.qr)
    pair.mutate({ phone })
  }
  return (
    <section className={css.pairing} aria-label="Menyambungkan nomor">
      <div className={css.qr}>{picture && <img src={picture} alt="Kode QR untuk dipindai ponsel kantor" />}</div>
      <div className={css.steps}>
        <ol>
          <li>Buka WhatsApp di ponsel kantor.</li>
          <li>Ketuk Perangkat tertaut, lalu Tautkan perangkat.</li>
          <li>Pindai kode QR ini. Kode berganti sendiri.</li>
        </ol>
        {view.pairingCode ? (
          <p className={css.typed}>
            Atau ketuk Tautkan dengan nomor telepon di ponsel, lalu ketik kode ini.
            <strong className={css.code}>
              {view.pairingCode.slice(0, 4)}-{view.pairingCode.slice(4)}
            </strong>
          </p>
        ) : (
          <form className={css.form} onSubmit={send}>
            <TextInput
              label="Kamera tidak dapat dipakai?"
              description="Isi nomor WhatsApp kantor untuk mendapat kode yang diketik."
              inputMode="tel"
              value={phone}
              onChange={(event) => setPhone(event.currentTarget.value)}
            />
            <Button type="submit" disabled={phone.replaceAll(/\D/g, '').length < 8} loading={asked || pair.isPending}>
              Minta kode
            </Button>
          </form>
        )}
      </div>
    </section>
  )
}

/** The QR string as a picture; drawn here, so that the string goes nowhere else. */
function useQr(text: string | undefined): string | undefined {
  const [picture, setPicture] = useState<string>()
  useEffect(() => {
    let current = true
    if (text === undefined) setPicture(undefined)
    else void toDataURL(text, { margin: 2, width: 560 }).then((drawn) => current && setPicture(drawn))
    return () => {
      current = false
    }
  }, [text])
  return picture
}

function UnlinkDialog({ onClose }: { onClose: () => void }) {
  const unlink = useUnlinkWhatsapp()
  return (
    <AnswerDialog
      title="Putuskan nomor WhatsApp"
      explained="Sekolah tidak akan dijawab lewat WhatsApp sampai nomor disambungkan lagi. Pesan yang belum terkirim menunggu."
      fields={[]}
      submit="Putuskan"
      busy={unlink.isPending}
      error={unlink.error}
      onSubmit={() => unlink.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    />
  )
}
