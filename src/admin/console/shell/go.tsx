import { createContext, use, useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useLocation, useNavigate } from 'react-router'
import type { Location } from 'react-router'

type Go = (to: string, how?: { replace?: boolean }) => void
export const GoContext = createContext<Go>(() => undefined)

/** Goes to a page so that it is on the screen before the next key. */
export const useGo = (): Go => use(GoContext)

/**
 * The place on the screen, and the way to another. The router follows its address in a transition, which whatever is read
 * meanwhile makes begin anew; a key that is pressed in between would be meant for another page than it meets.
 */
export function usePlace(): { place: Location | string; path: string; go: Go } {
  const location = useLocation()
  const navigate = useNavigate()
  const [early, setEarly] = useState<string>()
  const way = useRef(navigate)
  useEffect(() => {
    way.current = navigate
  })
  const go = useCallback<Go>((to, how) => {
    if (to !== window.location.pathname) void way.current(to, how)
    flushSync(() => setEarly(to))
  }, [])
  const ahead = early !== undefined && early !== location.pathname && early === window.location.pathname
  return ahead ? { place: early, path: early, go } : { place: location, path: location.pathname, go }
}
