import { useMediaQuery } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** The time, again every `everyMs`: for spans and countdowns that show themselves. */
export function useNow(everyMs: number): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}

/** The window is as narrow as the styles' phone, from the first drawing on. */
export const usePhone = (): boolean =>
  useMediaQuery('(max-width: 900px)', undefined, { getInitialValueInEffect: false }) ?? false

/** Whether the page is being printed: what is drawn for paper is there before the browser takes it. */
export function useOnPaper(): boolean {
  const [paper, setPaper] = useState(false)
  useEffect(() => {
    const before = () => flushSync(() => setPaper(true))
    const after = () => setPaper(false)
    addEventListener('beforeprint', before)
    addEventListener('afterprint', after)
    return () => {
      removeEventListener('beforeprint', before)
      removeEventListener('afterprint', after)
    }
  }, [])
  return paper
}
