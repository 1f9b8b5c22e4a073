import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { Link, useNavigate } from 'react-router'
import type { Case } from '../client/case.ts'
import { useLive } from '../client/live.tsx'
import { useOffice } from '../client/office.ts'
import { isProblem } from '../client/request.ts'
import type { ClaimStage } from '../client/rights.ts'
import { hinted } from '../keys/key-hint.tsx'
import { OFFLINE } from '../keys/table.ts'
import { useKeys } from '../keys/use-keys.ts'
import { useNow, usePhone } from '../parts/surroundings.ts'
import face from '../parts/text.module.css'
import { stageName } from '../words/stage.ts'
import { clock, countdown } from '../words/time.ts'
import css from './waiting-page.module.css'
import { aheadOf, useClaims, useCounts, useTakeNext } from './waiting.ts'
import type { Counts } from './waiting.ts'

/** What I work on now; a case taken ahead is not that. */
const currentOf = (claims: readonly Case[]) => claims.find((one) => one.claim && one.claim.prefetch !== true)

type Decided = NonNullable<Counts['mine']['latest']>

/**
 * The one filled button, the next case of these stages or back to the one that is open, and what I hold, above the list
 * (`children`); on a phone the button stands below it, and comes after it for whoever goes by Tab.
 */
export function TakeNext({ stages, children }: { stages: readonly ClaimStage[]; children: ReactNode }) {
  const phone = usePhone()
  const navigate = useNavigate()
  const { offlineSince } = useLive()
  const mine = useClaims()
  const office = useOffice().data
  const claims = mine.data?.items ?? []
  const counts = useCounts()
  const take = useTakeNext()
  const now = useNow(1000)
  const [told, setTold] = useState('')
  const current = currentOf(claims)
  const ahead = claims.filter((one) => one.claim?.prefetch)
  // all at once: one that came later would push aside those that are there
  const pending = mine.isPending || counts.isPending
  const inOrder = pending ? [] : [...claims.filter((one) => !ahead.includes(one)), ...ahead]
  const latest = pending ? undefined : counts.data?.mine.latest

  const open = (id: string) => void navigate(`/berkas/${id}`)
  const go = async () => {
    if (take.isPending) return
    // what I hold comes first, also when the list of it is still on its way
    const held = current ?? (mine.isPending ? currentOf((await mine.refetch()).data?.items ?? []) : undefined)
    if (held) return open(held.id)
    const prepared = aheadOf(claims, Date.now())
    if (prepared) return open(prepared.id)
    setTold('')
    try {
      const taken = await take.mutateAsync(stages)
      if (taken) open(taken.id)
      else setTold(`Tidak ada berkas yang menunggu pada ${stages.map((stage) => stageName[stage]).join(', ')}.`)
    } catch (error) {
      const other = isProblem(error, 'claim-limit') ? (await mine.refetch()).data?.items[0] : undefined
      if (other) open(other.id)
      else setTold(error instanceof Error ? error.message : 'Terjadi kesalahan.')
    }
  }
  useKeys('queue', stages.length > 0 || current ? { take: offlineSince ? OFFLINE : () => void go() } : {})

  const some = stages.length > 0 || claims.length > 0
  const next = (
    <div className={css.next}>
      <Button
        className={css.button}
        variant="filled"
        size="md"
        {...hinted('queue', 'take')}
        disabled={offlineSince !== undefined}
        onClick={() => void go()}
      >
        {current ? `Lanjutkan ${current.ticket ?? ''}` : 'Ambil berikutnya'}
      </Button>
      <p className={css.told} role="status">
        {told}
      </p>
    </div>
  )
  return (
    <>
      {some && (
        <section className={css.take} aria-label="Kerja berikutnya">
          {!phone && next}
          {/* on a phone one thing above the tabs, in room of its own that is there from the beginning */}
          <div className={css.mine}>
            <p className={css.rule} data-told={told !== ''}>
              Urutan dihitung sistem, adil antar sekolah:
              <br />
              {!office
                ? '\u00a0'
                : office.batch === null
                  ? 'menurut kebijakan yang ditetapkan kantor.'
                  : `${office.batch} berkas tiap sekolah tiap putaran.`}
            </p>
            <div className={css.claims} role="group" aria-label="Berkas saya" data-pending={pending}>
              {inOrder.map((one) =>
                // what was taken ahead is no second thing to work on: it is next
                one === inOrder[0] ? (
                  <Link key={one.id} className={css.claim} to={`/berkas/${one.id}`}>
                    <ClaimWords one={one} now={now} />
                  </Link>
                ) : (
                  <div key={one.id} className={css.claim}>
                    <ClaimWords one={one} now={now} />
                  </div>
                ),
              )}
              {latest && claims.length < 2 && <Latest latest={latest} />}
            </div>
          </div>
        </section>
      )}
      {children}
      {some && phone && next}
    </>
  )
}

/** What I decided last, to look at once more. */
function Latest({ latest: { id, ticket, action, to, at } }: { latest: Decided }) {
  const led = {
    approve: `ke ${stageName[to]}`,
    return: 'dikembalikan',
    reject: 'ditolak',
    propose_reject: 'diusulkan tolak',
  }
  return (
    <Link className={css.claim} data-done="true" to={`/berkas/${id}`}>
      <span className={face.small}>Baru selesai, {clock(new Date(at))}</span>
      <span className={css.time}>
        <IconCheck size={16} aria-hidden />
      </span>
      <span className={css.what}>
        <b>{ticket}</b> {led[action]}
      </span>
    </Link>
  )
}

function ClaimWords({ one, now }: { one: Case; now: Date }) {
  return (
    <>
      <span className={face.small}>{one.claim?.prefetch ? 'Disiapkan untuk Anda' : 'Sedang Anda kerjakan'}</span>
      <span className={css.time}>{one.claim && countdown(one.claim.leaseUntil, now)}</span>
      <span className={css.what}>
        <b>{one.ticket}</b> {one.pupil?.name}
      </span>
    </>
  )
}
