import type { Page } from 'playwright-core'

/** Of a page that has loaded, summed as Chromium does: nobody sees so little. */
const MOST = 0.001

type Rect = { x: number; y: number; width: number; height: number }
type Node = { textContent: string | null; parentElement: Element | null }
type Element = Node & { tagName?: string; className?: string }
type Shift = {
  startTime: number
  value: number
  hadRecentInput: boolean
  sources: readonly { node: Element | null; previousRect: Rect; currentRect: Rect }[]
}
type Observing = {
  performance: { now(): number }
  PerformanceObserver: new (heard: (list: { getEntries(): Shift[] }) => void) => {
    observe(what: { type: 'layout-shift'; buffered: true }): void
  }
  requestAnimationFrame(then: () => void): void
  shiftsUntil?: number
}

/**
 * What has moved by itself on the page since it was loaded, or since this was asked last: how far, each element, from
 * where to where. Empty where that is nothing to speak of.
 */
export async function shifts(page: Page): Promise<string[]> {
  const all = await page.evaluate(async () => {
    const window = globalThis as unknown as Observing
    const after = window.shiftsUntil ?? 0
    const heard: Shift[] = []
    new window.PerformanceObserver((list) => heard.push(...list.getEntries())).observe({
      type: 'layout-shift',
      buffered: true,
    })
    // what the last change moved is told once it has been drawn
    for (let frame = 0; frame < 2; frame++) await new Promise<void>((drawn) => window.requestAnimationFrame(drawn))
    await new Promise((told) => setTimeout(told))
    window.shiftsUntil = window.performance.now()
    const place = ({ x, y, width, height }: Rect) => [x, y, width, height].map(Math.round).join(' ')
    return heard
      .filter((one) => !one.hadRecentInput && one.startTime > after)
      .map(({ value, sources }) => {
        const moved = sources.map(({ node, previousRect, currentRect }) => {
          const element = node?.tagName === undefined ? node?.parentElement : node
          const what = `${element?.tagName ?? 'gone'}.${element?.className ?? ''} “${node?.textContent?.slice(0, 40) ?? ''}”`
          return `${what} from ${place(previousRect)} to ${place(currentRect)}`
        })
        return { value, words: `moves by ${value.toFixed(4)}: ${moved.join('; ')}` }
      })
  })
  return all.reduce((sum, { value }) => sum + value, 0) > MOST ? all.map(({ words }) => words) : []
}

/**
 * From the next load on answers come in another order: the sooner something is asked, the longer its answer takes; longest
 * the alarms', which the rail asks for before the page that shows them.
 */
export async function turnAnswersRound(page: Page): Promise<void> {
  // in the page: a browser that is intercepted loads all programs again, too
  await page.addInitScript(`{
    const ask = globalThis.fetch
    let asked = 0
    globalThis.fetch = async (...what) => {
      const least = String(what[0]).includes('reading-alarms') ? 150 : 0
      await new Promise((due) => setTimeout(due, Math.max(least, 60 - 10 * asked++)))
      return ask(...what)
    }
  }`)
}
