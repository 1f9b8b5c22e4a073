import { setTimeout as over } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright-core'

/** The way between a page and the service. */
export type Line = {
  /** Nothing passes for so long. */
  cut(ms: number): Promise<void>
}

/** A line on which every answer takes so long. */
export async function slowLine(page: Page, latency: number): Promise<Line> {
  const devtools: CDPSession = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  const pass = (offline: boolean) =>
    devtools.send('Network.emulateNetworkConditions', {
      offline,
      latency,
      downloadThroughput: -1,
      uploadThroughput: -1,
    })
  await pass(false)
  return {
    async cut(ms) {
      await pass(true)
      await over(ms)
      await pass(false)
    },
  }
}
