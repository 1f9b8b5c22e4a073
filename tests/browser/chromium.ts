import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { findProgram } from '../../src/dev/debian.ts'

/** Debian's packages of it: the first is the engine without a browser's windows, which older releases do not have. */
export const CHROMIUM_PACKAGES = ['chromium-headless-shell', 'chromium'] as const
const PROGRAMS = [...CHROMIUM_PACKAGES, 'chromium-browser', 'google-chrome'] as const

/** Where a Chromium is on PATH, the lightest first; undefined when there is none. */
export async function findChromium(): Promise<string | undefined> {
  for (const name of PROGRAMS) {
    const path = await findProgram(name)
    if (path) return path
  }
  return undefined
}

let shared: Promise<Browser> | undefined

/** This process's own Chromium, for the files that are tested in it one after another; it ends with the process. */
export function sharedChromium(): Promise<Browser> {
  return (shared ??= launchChromium())
}

/** A Chromium that shows no window. Throws when none is installed. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = await findChromium()
  if (!executablePath) throw new Error(`Chromium is missing: run \`apt-get install -y ${CHROMIUM_PACKAGES[0]}\``)
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // a page lives for seconds here: its compilers work more than they save
      '--js-flags=--no-turbofan --no-maglev',
    ],
  })
}
