import { beforeEach, describe, expect, test } from 'vitest'
import { armFailpoints } from '../../src/models/store/failpoint.ts'
import { applications } from '../../src/models/application/kept.ts'
import { addDays } from '../../src/queue/retention.ts'
import { PERSON, purgeWorld, START } from './purge-world.ts'
import type { World } from './purge-world.ts'

let world: World
beforeEach(async () => {
  world = await purgeWorld()
})

/** Runs on each day from `from` to `to`. */
async function daily(from: number, to: number): Promise<void> {
  for (let day = from; day <= to; day++) await on(day)
}
async function on(...days: readonly number[]): Promise<void> {
  for (const day of days) {
    world.goTo(day)
    await world.purge().run()
  }
}

describe('a draft', () => {
  test('is reminded of once, three days before it goes, and then goes with its files', async () => {
    await world.draft('d', [await world.storeFile('file-of-draft')])
    await daily(1, 13)
    expect(world.reminders).toEqual([
      {
        key: `d/draft/${START.getTime()}/1`,
        id: 'd',
        stage: 'draft',
        npsn: '69900001',
        chat: 'chat-a',
        coordinator: 'coordinator-a',
        n: 1,
        purgeOn: addDays(START, 14),
      },
    ])
    expect((await world.found('d'))?.stage).toBe('draft')
    expect(await world.kept()).toEqual(['file-of-draft'])
    await on(14)
    expect(await world.found('d')).toBeNull()
    expect(await world.kept()).toEqual([])
    expect(await world.everything()).not.toContain(PERSON)
    await daily(15, 20)
    expect(world.reminders).toHaveLength(1)
  })

  test('that is touched after its reminder stays, and is reminded of again in its time', async () => {
    await world.draft('d')
    await daily(11, 12)
    await applications(world.database).updateOne({ _id: 'd' }, { $set: { 'draft.updatedAt': addDays(START, 12.5) } })
    await daily(13, 24)
    expect(world.reminders.map((r) => r.purgeOn)).toEqual([addDays(START, 14), addDays(START, 27)])
    await daily(25, 26)
    expect(await world.found('d')).not.toBeNull()
    await on(27)
    expect(await world.found('d')).toBeNull()
  })

  test('is not reminded of at night', async () => {
    await world.draft('d')
    world.goTo(11 + 11 / 24)
    await world.purge().run()
    expect(world.reminders).toEqual([])
    world.goTo(12)
    await world.purge().run()
    expect(world.reminders).toHaveLength(1)
  })

  test('whose reminder could not be announced is not given up before it was', async () => {
    await world.draft('d')
    for (const day of [11, 14, 20]) {
      world.goTo(day)
      await world.purge(() => Promise.reject(new Error('no chat'))).run()
    }
    expect(await world.found('d')).not.toBeNull()
    await daily(21, 23)
    expect(world.reminders).toMatchObject([{ purgeOn: addDays(START, 24) }])
    await on(24)
    expect(await world.found('d')).toBeNull()
  })

  test('that is submitted in the moment it would be given up is not lost', async () => {
    await world.draft('d')
    await daily(11, 13)
    world.goTo(14)
    const before = await world.found('d')
    armFailpoints((name, moment) => {
      if (name === 'application.cancel' && moment === 'before') throw new Error('somebody was first')
    })
    await world.purge().run()
    armFailpoints(undefined)
    await applications(world.database).updateOne(
      { _id: 'd', rev: before!.rev },
      { $set: { stage: 'verification', ticket: 'B417-6' }, $inc: { rev: 1 } },
    )
    await world.purge().run()
    expect(await world.found('d')).toMatchObject({ stage: 'verification', ticket: 'B417-6' })
    expect((await world.found('d'))?.pupil).toBeDefined()
  })
})

describe('a returned application', () => {
  test('is reminded of twice, cancelled after 60 days, and purged 30 days later', async () => {
    await world.apply('a', 'returned', { files: [await world.storeFile('file-of-a')] })
    await on(1, 13, 14, 15, 30, 44, 45, 46, 59)
    expect(world.reminders.map(({ key, n, purgeOn }) => ({ key, n, purgeOn }))).toEqual([
      { key: `a/returned/${START.getTime()}/1`, n: 1, purgeOn: addDays(START, 60) },
      { key: `a/returned/${START.getTime()}/2`, n: 2, purgeOn: addDays(START, 60) },
    ])
    expect(await world.found('a')).toMatchObject({ stage: 'returned', reminders: 2, stageAt: START })
    await on(60)
    const cancelled = await world.found('a')
    expect(cancelled).toMatchObject({ stage: 'cancelled', state: 'idle', stageAt: world.now(), relayDue: world.now() })
    expect(cancelled).not.toHaveProperty('openKey')
    expect(cancelled?.history.slice(2).map(({ seq, by, action, to }) => ({ seq, by, action, to }))).toEqual([
      { seq: 3, by: { kind: 'system', id: 'purge' }, action: 'remind', to: 'returned' },
      { seq: 4, by: { kind: 'system', id: 'purge' }, action: 'remind', to: 'returned' },
      { seq: 5, by: { kind: 'system', id: 'purge' }, action: 'cancel', to: 'cancelled' },
    ])
    // consoles hear of each
    expect(world.told).toEqual(['a remind returned', 'a remind returned', 'a cancel cancelled'])
    await on(61, 75, 89)
    expect((await world.found('a'))?.pupil).toBeDefined()
    await on(90)
    expect(await world.everything()).not.toContain(PERSON)
    expect(await world.kept()).toEqual([])
    expect(await world.found('a')).toMatchObject({ stage: 'cancelled', ticket: 'T-a' })
    expect(world.reminders).toHaveLength(2)
  })

  test('that was corrected meanwhile is left alone', async () => {
    await world.apply('a', 'returned')
    await on(14)
    await applications(world.database).updateOne({ _id: 'a' }, { $set: { stage: 'verification' }, $inc: { rev: 1 } })
    await on(45, 60, 61, 91, 100)
    expect(world.reminders).toHaveLength(1)
    expect((await world.found('a'))?.stage).toBe('verification')
  })

  test('that waits for the office alone hurries nobody and is not given up', async () => {
    await world.apply('a', 'returned', { returnReasons: ['RR_DATA_NOT_SYNCED'] })
    await on(14, 45, 60, 100)
    expect(world.reminders).toEqual([])
    expect((await world.found('a'))?.stage).toBe('returned')
  })
})
