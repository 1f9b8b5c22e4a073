import { describe, expect, test } from 'vitest'
import { testDatabase, testRedis } from '../support/stores.ts'

describe('the stores of a test run', () => {
  test('MongoDB keeps what was written and answers with the majority', async () => {
    const database = await testDatabase()
    const things = database.collection<{ _id: string; n: number }>('things')
    await things.insertOne({ _id: 'a', n: 1 })
    expect(await things.findOne({ _id: 'a' })).toEqual({ _id: 'a', n: 1 })
  })
  test('Redis keeps what was written, evicts nothing and appends to its file', async () => {
    const { redis, prefix } = testRedis()
    await redis.set(`${prefix}:a`, '1')
    expect(await redis.get(`${prefix}:a`)).toBe('1')
    expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction'])
    expect(await redis.config('GET', 'appendonly')).toEqual(['appendonly', 'yes'])
  })
})
