import { expect, onTestFinished, test } from 'vitest'
import { connectRedis } from '../../src/models/store/connect-redis.ts'
import { newId } from '../../src/models/store/ids.ts'
import { eventually } from '../support/eventually.ts'
import { ownRedis } from '../support/own-redis.ts'
import { at, PASSWORD, testService } from './support/service.ts'

/** A service whose Redis can be taken away, and what is written in it, by route. */
async function setUp() {
  const redis = await ownRedis()
  const connection = connectRedis(redis.url)
  connection.on('error', () => undefined)
  onTestFinished(() => connection.disconnect())
  const service = await testService({}, undefined, { redis: connection, prefix: `test-${newId()}` })
  const boss = await service.operator('bos', 'supervisor')
  const other = await service.operator('lain', 'loket')
  const { rev, holidays, returnReasons, fairness } = (await boss('GET', '/api/settings')).body as Record<string, object>
  const writes = async (nth: number) => {
    const stock = { kind: 'blank', source: 'in', amount: 5, transactionId: `in-${nth}` }
    const settings = { rev: Number(rev) + nth, holidays, returnReasons, fairness }
    return Promise.all([
      boss('POST', '/api/stock', { body: stock }),
      boss('PUT', '/api/settings', { body: settings }),
      boss('POST', '/api/operators', { body: { username: `baru${nth}`, name: 'Baru Rekaan', roles: ['loket'] } }),
      boss('DELETE', `/api/operators/${other.id}/second-factor`),
      other('POST', '/api/conversations/rekaan/presence', { body: { what: 'looking' } }),
      service.anyone('POST', '/api/session', { body: { username: 'bos', password: PASSWORD } }),
    ])
  }
  return { redis, service, boss, writes }
}
const HANGS_MS = 5_000

test('what was written is answered while Redis is gone, or stands still, and consoles read again when it is back', async () => {
  const { redis, service, boss, writes } = await setUp()
  const heard: string[] = []
  service.live.subscribe(({ event }) => heard.push(event.type))
  async function answered(nth: number): Promise<void> {
    const begun = Date.now()
    const all = await writes(nth)
    expect(all.map(({ status }) => status)).toEqual([204, 200, 201, 204, 200, 200])
    expect(Date.now() - begun).toBeLessThan(HANGS_MS)
  }
  await redis.kill()
  await answered(0)
  await redis.startAgain()
  await eventually(() => expect(heard).toContain('resync'))
  heard.length = 0
  await boss('POST', '/api/stock', { body: { kind: 'blank', source: 'in', amount: 1, transactionId: 'in-back' } })
  await eventually(() => expect(heard).toContain('printing'))
  redis.stop()
  await answered(1)
  expect(at(await boss('GET', '/api/stock'), 'blank.onHand')).toBe(11)
})
