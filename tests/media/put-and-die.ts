import { createBlobs } from '../../src/media/blobs.ts'
import { armFailpoints } from '../../src/models/store/failpoint.ts'
import { createSealer } from '../../src/models/store/sealing.ts'

/** Stores one blob and is killed at a failpoint: `put-and-die.ts ROOT KEY IDENTITY FAILPOINT MOMENT`. */
const [root = '', key = '', identity = '', failpoint, moment] = process.argv.slice(2)

armFailpoints((name, at) => {
  if (name === failpoint && at === moment) process.kill(process.pid, 'SIGKILL')
})
const sealer = createSealer(Buffer.from(key, 'hex'), Buffer.from(identity, 'hex'))
await createBlobs({ root, sealer, now: () => new Date() }).put('file-00000001', Buffer.alloc(1_000_000, 7))
