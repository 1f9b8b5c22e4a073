import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { createContext, use, useCallback, useEffect, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { deeds } from '../client/deeds.ts'
import type { Deed, Failed, Offered } from '../client/deeds.ts'
import { useOffice } from '../client/office.ts'
import { hinted } from '../keys/key-hint.tsx'
import { useKeys } from '../keys/use-keys.ts'
import { useNow } from '../parts/surroundings.ts'
import css from './undo.module.css'

const OfferContext = createContext<(deed: Deed) => Offered>((deed) => deeds.offer(deed, 0))

/** Offers to take a deed back, wherever the operator goes in the office's next seconds. */
export const useOffer = (): ((deed: Deed) => Offered) => use(OfferContext)

/** The deed on `subject` whose undo is under way. */
export function useReturning(subject: string): Offered | undefined {
  return useSyncExternalStore(deeds.subscribe, () => deeds.state().returning.get(subject))
}

/** The deeds whose undo is under way, by their subjects. */
export function useAllReturning(): ReadonlyMap<string, Offered> {
  return useSyncExternalStore(deeds.subscribe, () => deeds.state().returning)
}

/** Z, and the one bar that says what it takes back. */
export function UndoProvider({ children }: { children: ReactNode }) {
  const seconds = useOffice().data?.undoSeconds ?? 5
  const offer = useCallback((deed: Deed) => deeds.offer(deed, seconds), [seconds])
  const { open, returning, failed } = useSyncExternalStore(deeds.subscribe, deeds.state)
  useKeys('everywhere', open.length > 0 ? { undo: deeds.takeLatest } : {})
  useEffect(() => () => deeds.clear(), [])
  const [latest, latestFailed] = [open.at(-1), failed.at(-1)]
  const back = [...returning.values()].at(-1)
  return (
    <OfferContext value={offer}>
      {children}
      <div className={css.bars}>
        {latestFailed && <FailedBar failed={latestFailed} more={failed.length - 1} />}
        {latest ? (
          <UndoBar key={latest.transaction} deed={latest} more={open.length - 1} />
        ) : (
          back && (
            <p className={css.bar} role="status">
              Mengurungkan {back.name}
            </p>
          )
        )}
      </div>
    </OfferContext>
  )
}

const others = (count: number): string => (count > 0 ? `, dan ${count} lagi` : '')

/** What has not come about. It goes by itself, or when it is closed, and hides nothing below it. */
function FailedBar({ failed, more }: { failed: Failed; more: number }) {
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const { title, words, application } = failed
  return (
    <div className={css.bar} role="alert">
      <span>
        {title !== undefined && <b>{title} </b>}
        {words}
        {others(more)}
      </span>
      {application !== undefined && pathname !== `/berkas/${application}` && (
        <Button
          className={css.button}
          onClick={() => {
            deeds.forget(failed)
            void navigate(`/berkas/${application}`)
          }}
        >
          Buka berkas
        </Button>
      )}
      <ActionIcon className={css.button} aria-label="Tutup pemberitahuan" onClick={() => deeds.forget(failed)}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </div>
  )
}

/** The latest deed; Z takes it back and shows the one before. Focus stays where it was. */
function UndoBar({ deed, more }: { deed: Offered; more: number }) {
  const now = useNow(200).getTime()
  const [lead = '', ...rest] = deed.words.split(', ')
  return (
    <div className={css.bar} role="status">
      <span>
        <b>{lead}</b>
        {rest.map((part) => `, ${part}`).join('')}
        {others(more)}. <span aria-hidden="true">{Math.max(1, Math.ceil((deed.until - now) / 1000))} detik</span>
      </span>
      <Button className={css.button} {...hinted('everywhere', 'undo')} onClick={() => deeds.takeBack(deed)}>
        Urungkan
      </Button>
    </div>
  )
}
