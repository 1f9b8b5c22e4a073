import { useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { SearchFilters } from './search.ts'
import { stageName } from '../words/stage.ts'

/**
 * More digits than an NPSN has are somebody's number, or a part of it: they are searched for and stand in no address and
 * no history of a browser.
 */
const DIGITS = /^[\d\s.-]*$/
const NPSN_DIGITS = 8
const isNumber = (q: string): boolean => DIGITS.test(q) && q.replaceAll(/\D/g, '').length > NPSN_DIGITS

const NAMES = { stage: 'tahap', npsn: 'sekolah', coordinator: 'koordinator', from: 'dari', to: 'sampai' } as const

/**
 * What is searched for, kept in the address, so that a reload and a shared link keep it. The words stand behind the
 * `#`, which no browser sends to a server.
 */
export function useSearchFilters(): [SearchFilters, (change: SearchFilters) => void] {
  const { search, hash } = useLocation()
  const navigate = useNavigate()
  const [number, setNumber] = useState<string>()
  const params = new URLSearchParams(search)
  const q = number ?? new URLSearchParams(hash.slice(1)).get('q') ?? ''
  const filters: SearchFilters = q === '' ? {} : { q }
  const stage = params.get(NAMES.stage)
  if (stage !== null && stage !== 'draft' && Object.hasOwn(stageName, stage)) {
    filters.stage = stage as NonNullable<SearchFilters['stage']>
  }
  for (const name of ['npsn', 'coordinator', 'from', 'to'] as const) {
    const value = params.get(NAMES[name])
    if (value !== null && value !== '') filters[name] = value
  }
  return [
    filters,
    (change) => {
      const next = { ...filters, ...change }
      const query = new URLSearchParams()
      for (const [name, word] of Object.entries(NAMES) as [keyof typeof NAMES, string][]) {
        if (next[name]) query.set(word, next[name])
      }
      const words = next.q ?? ''
      setNumber(isNumber(words) ? words : undefined)
      const hidden = words === '' || isNumber(words)
      void navigate(
        { search: query.toString(), hash: hidden ? '' : `#${new URLSearchParams({ q: words }).toString()}` },
        { replace: true },
      )
    },
  ]
}
