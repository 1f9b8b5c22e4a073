import { lazy, Suspense, useState } from 'react'
import { Link, Navigate, Route, Routes, useLocation, useNavigate } from 'react-router'
import { InvitePage } from '../account/new-password.tsx'
import { NewPassword } from '../account/new-password.tsx'
import { SignIn } from '../account/sign-in.tsx'
import { LiveProvider } from '../client/live.tsx'
import { useOffice } from '../client/office.ts'
import { mayAnswer, mayPrint } from '../client/rights.ts'
import { MeContext, useMe, useSession } from '../client/session.ts'
import { KeysDialog } from '../keys/keys-dialog.tsx'
import { KeyLine } from '../keys/key-line.tsx'
import { useKeys } from '../keys/use-keys.ts'
import { Notice, ProblemNotice } from '../parts/notices.tsx'
import { PageBoundary } from '../parts/page-boundary.tsx'
import { SkeletonRows } from '../parts/rows.tsx'
import { usePhone } from '../parts/surroundings.ts'
import { WaitingPage } from '../waiting/waiting-page.tsx'
import { missingPartWords } from '../words/finding-media.ts'
import css from './console.module.css'
import { GoContext, usePlace } from './go.tsx'
import { HOLIDAY_PLACES, HolidaysEnd } from './holidays-end.tsx'
import { Rail } from './rail.tsx'
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

// what most operators never open is not loaded for them
const CasePage = lazy(async () => ({ default: (await import('../case/page/case-page.tsx')).CasePage }))
const HandOverPage = lazy(async () => ({ default: (await import('../handover/hand-over-page.tsx')).HandOverPage }))
const ConversationsPage = lazy(async () => ({
  default: (await import('../conversations/conversations-page.tsx')).ConversationsPage,
}))
const PleasPage = lazy(async () => ({ default: (await import('../conversations/pleas-page.tsx')).PleasPage }))
const CoordinatorsPage = lazy(async () => ({
  default: (await import('../people/coordinators-page.tsx')).CoordinatorsPage,
}))
const SchoolsPage = lazy(async () => ({ default: (await import('../people/schools-page.tsx')).SchoolsPage }))
const PrintingPage = lazy(async () => ({ default: (await import('../printing/printing-page.tsx')).PrintingPage }))
const SeriesPage = lazy(async () => ({ default: (await import('../series/series-page.tsx')).SeriesPage }))
const WallPage = lazy(async () => ({ default: (await import('../wall/wall-page.tsx')).WallPage }))
const ReadyListPage = lazy(async () => ({ default: (await import('../handover/ready-list-page.tsx')).ReadyListPage }))
const AccountPage = lazy(async () => ({ default: (await import('../account/account-page.tsx')).AccountPage }))
const OversightPage = lazy(async () => ({ default: (await import('../oversight/oversight-page.tsx')).OversightPage }))
const SettingsPage = lazy(async () => ({ default: (await import('../settings/settings-page.tsx')).SettingsPage }))
const OperatorsPage = lazy(async () => ({ default: (await import('../people/operators-page.tsx')).OperatorsPage }))
const SearchPage = lazy(async () => ({ default: (await import('../search/search-page.tsx')).SearchPage }))
const WhatsappPage = lazy(async () => ({ default: (await import('../whatsapp/whatsapp-page.tsx')).WhatsappPage }))

/** The rail and the page beside it. */
function Pages() {
  const navigate = useNavigate()
  const { place, path, go } = usePlace()
  const [keysShown, setKeysShown] = useState(false)
  const me = useMe()
  const to = (place: string) => () => void navigate(place)
  useKeys('everywhere', {
    list: () => setKeysShown(true),
    search: to('/cari'),
    toQueue: to('/antrean'),
    ...(mayAnswer(me.roles) && { toTalks: to('/percakapan') }),
    ...(mayPrint(me.roles) && { toPrinting: to('/cetak') }),
  })
  // what hangs on the wall, or is to be printed, has the whole window
  const alone = path === '/papan' || path.startsWith('/serah-terima/daftar/')
  // until it is known whether something stands above the page: that would push it down
  const pending = useOffice().isLoading && !alone
  const phone = usePhone()
  const rail = !alone && <Rail onShowKeys={() => setKeysShown(true)} />
  return (
    <GoContext value={go}>
      <div className={css.app} data-slim={path.startsWith('/berkas/')} data-alone={alone}>
        {!phone && rail}
        {/* begins anew where the rail goes or comes: what is there does not move aside */}
        <div key={String(alone)} className={css.content}>
          <div>
            {!alone && <MissingParts />}
            {HOLIDAY_PLACES.includes(path) && <HolidaysEnd />}
          </div>
          {pending && (
            <div className={css.before}>
              <SkeletonRows label="Memuat halaman" />
            </div>
          )}
          <div className={css.page} data-pending={pending}>
            {/* by a key of its own: else the page before stays, as if nothing had been pressed, until the next has come */}
            <PageBoundary key={path.split('/')[1]}>
              <Suspense fallback={<SkeletonRows label="Memuat halaman" />}>
                <Routes location={place}>
                  <Route path="/" element={<Navigate to="/antrean" replace />} />
                  <Route path="/antrean" element={<WaitingPage />} />
                  <Route path="/berkas/:id" element={<CasePage onShowKeys={() => setKeysShown(true)} />} />
                  <Route path="/entri" element={<SeriesPage />} />
                  <Route path="/cetak" element={<PrintingPage />} />
                  <Route path="/papan" element={<WallPage />} />
                  <Route path="/serah-terima" element={<HandOverPage />} />
                  <Route path="/serah-terima/daftar/:npsn" element={<ReadyListPage />} />
                  <Route path="/percakapan/:id?" element={<ConversationsPage />} />
                  <Route path="/pengaduan" element={<PleasPage />} />
                  <Route path="/cari" element={<SearchPage />} />
                  <Route path="/koordinator" element={<CoordinatorsPage />} />
                  <Route path="/sekolah" element={<SchoolsPage />} />
                  <Route path="/operator" element={<OperatorsPage />} />
                  <Route path="/pengaturan" element={<SettingsPage />} />
                  <Route path="/pengawasan" element={<OversightPage />} />
                  <Route path="/akun" element={<AccountPage />} />
                  <Route path="/nomor-whatsapp" element={<WhatsappPage />} />
                  <Route path="*" element={<NoPage />} />
                </Routes>
              </Suspense>
            </PageBoundary>
          </div>
        </div>
        {/* a bar below the page, and below it for whoever goes by Tab */}
        {phone && rail}
        <KeyLine />
        <KeysDialog opened={keysShown} onClose={() => setKeysShown(false)} />
      </div>
    </GoContext>
  )
}

/** What the machine cannot look at, for as long as that is so: operators look at it themselves. */
function MissingParts() {
  const missing = useOffice().data?.missing ?? []
  if (missing.length === 0) return null
  return (
    <Notice tone="check" title={`Server ini tidak dapat ${missing.map((part) => missingPartWords[part]).join(', ')}`}>
      <p>Periksa sendiri setiap berkas. Beri tahu tim teknis: bagian itu belum terpasang.</p>
    </Notice>
  )
}

/** An address that leads nowhere: said, with the way back. */
function NoPage() {
  return (
    <main className={css.alone}>
      <h1>Halaman ini tidak ada</h1>
      <p>Alamatnya mungkin salah ketik, atau halamannya sudah dipindahkan.</p>
      <p>
        <Link to="/antrean">Ke antrean</Link>
      </p>
    </main>
  )
}
