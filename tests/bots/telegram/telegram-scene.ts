import { onTestFinished } from 'vitest'
import { createTelegram } from '../../../src/bots/telegram/telegram.ts'
import type { TelegramChannel, TelegramOptions } from '../../../src/bots/telegram/telegram.ts'
import type { MediaRef } from '../../../src/models/chat/message.ts'
import { FakeBotApi } from '../../servers/fake-bot-api.ts'
import type { FakePerson } from '../../servers/fake-bot-people.ts'
import { createRecorder } from '../../support/recorder.ts'
import type { Recorder } from '../../support/recorder.ts'
import { telegramOptions } from './telegram-platform.ts'

export let api: FakeBotApi
export let recorder: Recorder
export let ani: FakePerson

/**
 * A fake Bot API, somebody who writes to it and what the channel hands on, all new: for the `beforeEach` of each file. A
 * hook of this module would be the first file's alone, where one worker runs both.
 */
export function setScene(): void {
  api = new FakeBotApi()
  onTestFinished(() => api.close())
  recorder = createRecorder()
  ani = api.person(42)
}

export async function channelOf(more: Partial<TelegramOptions> = {}): Promise<TelegramChannel> {
  const channel = createTelegram({ ...telegramOptions(api, await api.open()), ...more })
  onTestFinished(() => channel.stop())
  return channel
}
export async function started(more: Partial<TelegramOptions> = {}): Promise<TelegramChannel> {
  const channel = await channelOf(more)
  await channel.start(recorder.handlers)
  return channel
}
export const to = { channel: 'telegram' as const, id: '42' }
export const firstFile = async (): Promise<MediaRef> => {
  const body = (await recorder.until(1))[0]?.body
  if (body?.kind !== 'files' || !body.files[0]) throw new Error('no file came')
  return body.files[0]
}
/** A fixed sequence, so that disorder is the same in every run. */
export function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
