import { useSearchParams } from 'react-router'
import type { Narrow } from './waiting.ts'

const NAMES = { npsn: 'sekolah', findings: 'temuan', corrected: 'perbaikan' } as const
const FINDINGS = 'ada'
const CORRECTED = 'ya'

/** What the queue is narrowed to, kept in the address, so that a reload and a shared link keep it. */
export function useNarrow(): [Narrow, (change: { [name in keyof Narrow]: Narrow[name] | undefined }) => void] {
  const [search, setSearch] = useSearchParams()
  const npsn = search.get(NAMES.npsn)
  const narrow: Narrow = {
    ...(npsn && { npsn }),
    ...(search.get(NAMES.findings) === FINDINGS && { findings: 'some' }),
    ...(search.get(NAMES.corrected) === CORRECTED && { corrected: 'yes' }),
  }
  return [
    narrow,
    (change) => {
      const wanted = { ...narrow, ...change }
      const words = {
        npsn: wanted.npsn,
        findings: wanted.findings && FINDINGS,
        corrected: wanted.corrected && CORRECTED,
      }
      setSearch(
        (now) => {
          for (const [name, word] of Object.entries(words) as [keyof typeof NAMES, string | undefined][]) {
            if (word) now.set(NAMES[name], word)
            else now.delete(NAMES[name])
          }
          return now
        },
        { replace: true },
      )
    },
  ]
}
