import { beforeEach, expect, onTestFinished } from 'vitest'
import { createWhatsappStates } from '../../../src/models/whatsapp/state.ts'
import type { WhatsappState } from '../../../src/models/whatsapp/state.ts'
import { createRecorder } from '../../support/recorder.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'
import { until } from '../../support/until.ts'
import { MockWhatsApp } from '../../servers/mock-whatsapp.ts'
import { pairOnce, whatsappProcess } from './whatsapp-platform.ts'
import type { WhatsappStores } from './whatsapp-platform.ts'

export let server: MockWhatsApp
export let stores: WhatsappStores
export let states: ReturnType<typeof createWhatsappStates>

/** A server and stores of its own for each test of the file. */
export function freshWorld(): void {
  beforeEach(async () => {
    const opened = new MockWhatsApp()
    server = opened
    await opened.open()
    onTestFinished(async () => {
      await opened.close()
      expect(opened.faults).toEqual([])
    })
    stores = { database: await testDatabase(), sealer: testSealer() }
    states = createWhatsappStates(stores)
  })
}

/** A running channel on a paired device. */
export async function running(given: Parameters<typeof whatsappProcess>[2] = {}) {
  if (!server.isLinked) await pairOnce(server, stores)
  const one = whatsappProcess(server, stores, given)
  const recorder = createRecorder()
  onTestFinished(() => one.channel.stop())
  await one.channel.start(recorder.handlers)
  return { ...one, recorder }
}

/** Resolves with the state as the console sees it, once it is the one that is wanted. */
export function stateIs(wanted: string): Promise<WhatsappState> {
  return until(
    async () => {
      const state = await states.read()
      return state?.state === wanted ? state : undefined
    },
    { what: wanted },
  )
}
export const text = (words: string) => ({ kind: 'text', text: words })
