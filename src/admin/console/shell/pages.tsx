import { Suspense, lazy, useState } from 'react'
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router'
import { KeysDialog } from '../keys/keys-dialog.tsx'
import { useKeys } from '../keys/use-keys.ts'
import { WaitingPage } from '../screens/waiting-page.tsx'
import css from './console.module.css'
import { Rail } from './rail.tsx'

// what most operators never open is not loaded for them
const CasePage = lazy(async () => ({ default: (await import('../case/case-page.tsx')).CasePage }))
const HandOverPage = lazy(async () => ({ default: (await import('../screens/hand-over-page.tsx')).HandOverPage }))
const PleasPage = lazy(async () => ({ default: (await import('../screens/pleas-page.tsx')).PleasPage }))
const CoordinatorsPage = lazy(async () => ({
  default: (await import('../screens/coordinators-page.tsx')).CoordinatorsPage,
}))
const SchoolsPage = lazy(async () => ({ default: (await import('../screens/schools-page.tsx')).SchoolsPage }))
const OperatorsPage = lazy(async () => ({ default: (await import('../screens/operators-page.tsx')).OperatorsPage }))
const SearchPage = lazy(async () => ({ default: (await import('../screens/search-page.tsx')).SearchPage }))
const WhatsappPage = lazy(async () => ({ default: (await import('../screens/whatsapp-page.tsx')).WhatsappPage }))

/** The rail and the page beside it. */
export function Pages() {
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const [keysShown, setKeysShown] = useState(false)
  useKeys({ '?': () => setKeysShown(true), '/': () => void navigate('/cari') }, !keysShown)
  return (
    <div className={css.app} data-slim={pathname.startsWith('/berkas/')}>
      <Rail onShowKeys={() => setKeysShown(true)} />
      <div className={css.content}>
        <Suspense fallback={null}>
          <Routes>
            <Route path="/" element={<Navigate to="/antrean" replace />} />
            <Route path="/antrean" element={<WaitingPage />} />
            <Route path="/berkas/:id" element={<CasePage onShowKeys={() => setKeysShown(true)} />} />
            <Route path="/serah-terima" element={<HandOverPage />} />
            <Route path="/pengaduan" element={<PleasPage />} />
            <Route path="/cari" element={<SearchPage />} />
            <Route path="/koordinator" element={<CoordinatorsPage />} />
            <Route path="/sekolah" element={<SchoolsPage />} />
            <Route path="/operator" element={<OperatorsPage />} />
            <Route path="/nomor-whatsapp" element={<WhatsappPage />} />
            <Route path="*" element={<Navigate to="/antrean" replace />} />
          </Routes>
        </Suspense>
      </div>
      <KeysDialog opened={keysShown} onClose={() => setKeysShown(false)} />
    </div>
  )
}
