import { channelContract } from '../../contracts/channel.ts'
import { testDatabase, testSealer } from '../../support/stores.ts'
import { whatsappPlatform } from './whatsapp-platform.ts'

channelContract('whatsapp', async () => whatsappPlatform({ database: await testDatabase(), sealer: testSealer() }))
