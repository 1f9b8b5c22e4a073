import { useQuery } from '@tanstack/react-query'
import type { WallView } from '../../contract/wall.ts'
import { request } from '../client/request.ts'

export type { WallView }

const EVERY_MS = 30_000

/** The day's numbers; events make them stale, and a wall that hears none still tells the time. */
export function useWall() {
  return useQuery({
    queryKey: ['wall'],
    queryFn: () => request<WallView>('GET', '/api/wall'),
    refetchInterval: EVERY_MS,
  })
}
