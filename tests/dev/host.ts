/** A process that runs private stores as the service does: prints their addresses, ends them on SIGTERM. */
import { createLog } from '../../src/config/log.ts'
import { startStores } from '../../src/dev/stores.ts'

const dataDir = process.argv[2]
if (!dataDir) throw new Error('usage: host.ts DATA_DIR')
const stores = await startStores({ dataDir, production: false, log: createLog('silent') })
// a service drains first: until then its stores have to be there
process.on('SIGINT', () => {})
process.on('SIGTERM', () => void stores.stop().then(() => process.exit(0)))
process.stdout.write(`${JSON.stringify({ mongodbUri: stores.mongodbUri, redisUrl: stores.redisUrl })}\n`)
