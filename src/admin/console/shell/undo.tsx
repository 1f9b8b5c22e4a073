import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, use, useCallback, useState } from 'react'
import type { ReactNode } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { Case } from '../client/case.ts'
import { useOffice } from '../client/office.ts'
import { isProblem, request } from '../client/request.ts'
import { hinted } from '../keys/key-hint.tsx'
import { useKeys } from '../keys/use-keys.ts'
import { useNow } from '../parts/surroundings.ts'
import css from './undo.module.css'

/**
 * A decision that can still be taken back: `until` in milliseconds of this machine's clock. `back`: where that leads, if
 * not to the case, and what is done there.
 */
type Undoable = {
  application: string
  ticket: string
  transaction: string
  words: string
  until: number
  back?: { to: string; undone: () => void }
}

// what the way to the server may cost: the bar goes before the server's own seconds are over
const MARGIN_MS = 300

/** A decision that did not arrive, of a case that is no longer on the screen. */
type Missed = { application: string; ticket: string; why: string }

type Undo = { offer: (made: Omit<Undoable, 'until'>) => void; miss: (missed: Missed) => void }
const UndoContext = createContext<Undo>({ offer: () => undefined, miss: () => undefined })

/**
 * Offers to take a decision back, wherever the operator goes in the next seconds, and the way back to a case whose
 * decision did not arrive.
 */
export const useUndo = (): Undo => use(UndoContext)

export function UndoProvider({ children }: { children: ReactNode }) {
  const [stack, setStack] = useState<readonly Undoable[]>([])
  const seconds = useOffice().data?.undoSeconds ?? 5
  const offer = useCallback(
    (made: Omit<Undoable, 'until'>) =>
      setStack((all) => [...all, { ...made, until: Date.now() + 1000 * seconds - MARGIN_MS }]),
    [seconds],
  )
  const [missed, setMissed] = useState<readonly Missed[]>([])
  const miss = useCallback(
    (one: Missed) => setMissed((all) => [...all.filter((other) => other.application !== one.application), one]),
    [],
  )
  const drop = useCallback((transaction: string) => {
    setStack((all) => all.filter((one) => one.transaction !== transaction))
  }, [])
  return (
    <UndoContext value={{ offer, miss }}>
      {children}
      {(stack.length > 0 || missed.length > 0) && (
        <div className={css.bars}>
          {missed.map((one) => (
            <MissedBar
              key={one.application}
              missed={one}
              onDrop={() => setMissed((all) => all.filter((other) => other.application !== one.application))}
            />
          ))}
          {stack.length > 0 && <UndoBars stack={stack} onDrop={drop} />}
        </div>
      )}
    </UndoContext>
  )
}

function MissedBar({ missed: { application, ticket, why }, onDrop }: { missed: Missed; onDrop: () => void }) {
  const navigate = useNavigate()
  return (
    <div className={css.bar} role="alert">
      <span>
        <b>{ticket} belum diputuskan.</b> {why}
      </span>
      <Button
        className={css.button}
        onClick={() => {
          onDrop()
          void navigate(`/berkas/${application}`)
        }}
      >
        Buka berkas
      </Button>
    </div>
  )
}

/** The bars lie one over the other; Z takes the latest back. Focus stays where it was. */
function UndoBars({ stack, onDrop }: { stack: readonly Undoable[]; onDrop: (transaction: string) => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const [late, setLate] = useState<string>()
  const now = useNow(200).getTime()
  const open = stack.filter((one) => one.until > now)

  const take = async (one: Undoable) => {
    try {
      const restored = await request<Case>('POST', `/api/applications/${one.application}/undo`, {
        transactionId: one.transaction,
      })
      client.setQueryData(['case', one.application], restored)
      for (const key of ['counts', 'rows']) void client.invalidateQueries({ queryKey: [key] })
      const claims = client.invalidateQueries({ queryKey: ['claims'] })
      onDrop(one.transaction)
      if (!one.back) return void navigate(`/berkas/${one.application}`)
      // a list of what I hold knows it again
      await claims
      one.back.undone()
      if (pathname !== one.back.to) void navigate(one.back.to)
    } catch (error) {
      onDrop(one.transaction)
      setLate(isProblem(error, 'offline') ? 'Sambungan terputus, belum diurungkan.' : `${one.ticket} sudah diteruskan.`)
    }
  }
  const latest = open.at(-1)
  useKeys('everywhere', latest ? { undo: () => void take(latest) } : {})

  return (
    <div className={css.stack} role="status">
      {late && <p className={css.bar}>{late}</p>}
      {open.map((one) => (
        <div key={one.transaction} className={css.bar}>
          <span>
            <b>{one.words.split(', ')[0]},</b> {one.words.split(', ').slice(1).join(', ')}.{' '}
            <span aria-hidden="true">{Math.ceil((one.until - now) / 1000)} detik</span>
          </span>
          <Button
            className={css.button}
            onClick={() => void take(one)}
            {...(one === latest && hinted('everywhere', 'undo'))}
          >
            Urungkan
          </Button>
        </div>
      ))}
    </div>
  )
}
