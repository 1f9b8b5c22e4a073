import { useLocation, useNavigate } from 'react-router'

export type Filter = { list: 'asking' | 'all'; day?: string; q?: string }

/**
 * What the list shows, kept in the address: a reload and a shared link keep it. Names stand behind the `#`, which no
 * browser sends to a server.
 */
export function useFilter(): [Filter, (change: Partial<Filter>) => void] {
  const { pathname, search, hash } = useLocation()
  const navigate = useNavigate()
  const params = new URLSearchParams(search)
  const q = new URLSearchParams(hash.slice(1)).get('q') ?? ''
  const day = params.get('tanggal') ?? ''
  const filter: Filter = {
    list: params.get('daftar') === 'semua' ? 'all' : 'asking',
    ...(/^\d{4}-\d\d-\d\d$/.test(day) && { day }),
    ...(q !== '' && { q }),
  }
  return [
    filter,
    (change) => {
      const next = { ...filter, ...change }
      const query = new URLSearchParams()
      if (next.list === 'all') query.set('daftar', 'semua')
      if (next.day) query.set('tanggal', next.day)
      void navigate(
        {
          pathname,
          search: query.toString(),
          hash: next.q ? `#${new URLSearchParams({ q: next.q }).toString()}` : '',
        },
        { replace: true },
      )
    },
  ]
}
