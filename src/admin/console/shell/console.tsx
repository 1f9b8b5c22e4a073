import { useLocation } from 'react-router'
import { LiveProvider } from '../client/live.tsx'
import { MeContext, useSession } from '../client/session.ts'
import { ProblemNotice } from '../parts/problem-notice.tsx'
import { SkeletonRows } from '../parts/rows/skeleton-rows.tsx'
import { NewPassword } from '../account/new-password.tsx'
import { SignIn } from '../account/sign-in.tsx'
import { InvitePage } from '../account/invite-page.tsx'
import css from './console.module.css'
import { Pages } from './pages.tsx'
import { UndoProvider } from './undo.tsx'

/** Sign-in, a forced change of the password, then the pages. */
export function Console() {
  const session = useSession()
  // whoever comes by a link has no session yet, or another's
  if (useLocation().pathname === '/undangan') return <InvitePage />
  if (session.isPending) return <SkeletonRows label="Memuat konsol" />
  if (session.isError && session.data === undefined) {
    return (
      <main className={css.alone}>
        <ProblemNotice error={session.error} title="Konsol tidak dapat dibuka." retry={() => void session.refetch()} />
      </main>
    )
  }
  if (!session.data) return <SignIn />
  return (
    <MeContext value={session.data}>
      {session.data.mustChangePassword ? (
        <NewPassword />
      ) : (
        <LiveProvider>
          <UndoProvider>
            <Pages />
          </UndoProvider>
        </LiveProvider>
      )}
    </MeContext>
  )
}
