import { channelContract } from '../../contracts/channel.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'
import { memoryHolding, silent, webchatPlatform } from './webchat-platform.ts'

channelContract('webchat', async () => {
  const database = await testDatabase()
  return webchatPlatform({
    database,
    sealer: testSealer(),
    holding: memoryHolding(),
    now: () => new Date(),
    log: silent,
  })
})
