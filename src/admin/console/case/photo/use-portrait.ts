import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { PortraitEditView, PortraitView, PreviewBody } from '../../../contract/portrait.ts'
import { query, request, requestFile } from '../../client/request.ts'

const at = (id: string, what = '') => `/api/applications/${encodeURIComponent(id)}/portrait${what}`

/** What the photo station begins with. */
export function usePortrait(id: string, reason: string | undefined) {
  return useQuery({
    queryKey: ['portrait', id, reason],
    queryFn: () => request<PortraitView>('GET', at(id) + query({ reason })),
  })
}

export const portraitPicture = (id: string, reason?: string): string => at(id, '/picture') + query({ reason })

const PAUSE_MS = 350
export type Drawn = { of: PortraitEditView; url: string; kilobytes: number }

/** The finished portrait as the server draws it, once the hand rests; the last one stays while the next is drawn. */
export function usePreview(of: {
  id: string
  token: string | undefined
  document: string
  edit: PortraitEditView | undefined
  draws: boolean
}): { drawn: Drawn | undefined; failed: boolean } {
  const { id, token, document, edit, draws } = of
  const [drawn, setDrawn] = useState<Drawn>()
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    if (!edit || token === undefined || !draws) return undefined
    const ending = new AbortController()
    const timer = setTimeout(() => {
      const body: PreviewBody = { token, document, edit }
      requestFile(at(id, '/preview'), body, ending.signal)
        .then((bytes) => {
          setFailed(false)
          setDrawn({ of: edit, url: URL.createObjectURL(bytes), kilobytes: Math.round(bytes.size / 1000) })
        })
        .catch(() => {
          if (!ending.signal.aborted) setFailed(true)
        })
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      ending.abort()
    }
  }, [id, token, document, edit, draws])
  const url = drawn?.url
  useEffect(() => () => void (url === undefined || URL.revokeObjectURL(url)), [url])
  return { drawn, failed }
}
