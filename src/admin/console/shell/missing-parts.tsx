import { useOffice } from '../client/office.ts'
import { Notice } from '../parts/notice.tsx'
import { missingPartWords } from '../words/finding-media.ts'

/** What the machine cannot look at, for as long as that is so: operators look at it themselves. */
export function MissingParts() {
  const missing = useOffice().data?.missing ?? []
  if (missing.length === 0) return null
  return (
    <Notice tone="check" title={`Server ini tidak dapat ${missing.map((part) => missingPartWords[part]).join(', ')}`}>
      <p>Periksa sendiri setiap berkas. Beri tahu tim teknis: bagian itu belum terpasang.</p>
    </Notice>
  )
}
