import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, use } from 'react'
import type { ChangePassword, SessionView, SignIn } from '../../contract/session.ts'
import { isProblem, request } from './request.ts'

type Me = SessionView['operator']
export type Role = Me['roles'][number]

// the compiler reads this file for the server's tests too, which have no window
const page = globalThis as unknown as { location: { reload(): void } }
let here: string | undefined
/**
 * Holds a page to one operator. What it keeps in memory (answers, what was typed, pictures) is theirs alone: for another
 * one, who has signed in here or in another window, everything is loaded anew.
 */
function mayStay({ id }: Me): boolean {
  const same = here === undefined || here === id
  if (same) here = id
  else page.location.reload()
  return same
}

/** Who is signed in; null where nobody is. */
export function useSession() {
  return useQuery({
    queryKey: ['session'],
    queryFn: async () => {
      try {
        const { operator } = await request<SessionView>('GET', '/api/session')
        // nothing more is drawn on a page that is about to be loaded anew
        return mayStay(operator) ? operator : await new Promise<never>(() => undefined)
      } catch (error) {
        if (isProblem(error, 'unauthenticated')) return null
        throw error
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Who is signed in, for all that is drawn together: the session itself may end while a page is being drawn. */
export const MeContext = createContext<Me | undefined>(undefined)

/** The signed-in operator, inside the signed-in part of the console only. */
export function useMe(): Me {
  const me = use(MeContext)
  if (!me) throw new Error('no session')
  return me
}

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: SignIn) => request<SessionView>('POST', '/api/session', body),
    onSuccess: ({ operator }) => mayStay(operator) && client.setQueryData(['session'], operator),
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request<void>('DELETE', '/api/session'),
    onSuccess: () => {
      client.clear()
      client.setQueryData(['session'], null)
    },
  })
}

export function useChangePassword() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: ChangePassword) => request<void>('PUT', '/api/session/password', body),
    onSuccess: () =>
      client.setQueryData<Me | null>(['session'], (me) => (me ? { ...me, mustChangePassword: false } : me)),
  })
}
