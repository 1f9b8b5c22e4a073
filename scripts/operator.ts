import { parseArgs } from 'node:util'
import { hashPassword, newPassword } from '../src/admin/passwords.ts'
import { readEnv } from '../src/config/env.ts'
import { createLog } from '../src/config/log.ts'
import { ROLES } from '../src/models/application.ts'
import type { Role } from '../src/models/application.ts'
import { Refusal } from '../src/models/errors.ts'
import { connectDatabase } from '../src/models/mongo/connect.ts'
import { ensureIndexes } from '../src/models/mongo/indexes.ts'
import { addOperator } from '../src/models/mongo/operators.ts'
import { startStores } from '../src/stores/stores.ts'

const USAGE = `npm run operator -- add NAME --role ROLE [--role ROLE …]   (${ROLES.join(', ')})`

/** Makes an account and prints its password once. Works beside a running service, whose stores it uses. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { role: { type: 'string', multiple: true }, name: { type: 'string' } },
  })
  const [command, username, ...rest] = positionals
  const roles = (values.role ?? []).flatMap((text) => text.split(',')).map((text) => text.trim())
  if (command !== 'add' || !username || rest.length > 0 || roles.length === 0 || !roles.every(isRole)) {
    throw new UsageError(USAGE)
  }
  if (!/^[a-z0-9][a-z0-9._-]{1,39}$/i.test(username)) {
    throw new UsageError('NAME: 2 to 40 letters, digits or . _ -')
  }

  const env = readEnv()
  const stores = await startStores({
    mongodbUri: env.MONGODB_URI,
    // accounts lie in MongoDB alone: no Redis is started for them
    redisUrl: env.REDIS_URL ?? 'redis://127.0.0.1:0',
    dataDir: env.DATA_DIR,
    production: env.production,
    log: createLog('error'),
  })
  try {
    const database = await connectDatabase(stores.mongodbUri)
    try {
      await ensureIndexes(database)
      const password = newPassword()
      const operator = await addOperator(database, {
        username,
        name: values.name ?? username,
        roles,
        mustChangePassword: true,
        passwordHash: await hashPassword(password),
        now: new Date(),
      })
      console.log(`operator: ${operator.username} (${operator.roles.join(', ')})`)
      console.log(`password: ${password}`)
    } finally {
      await database.close()
    }
  } finally {
    await stores.stop()
  }
}

class UsageError extends Error {}

function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text)
}

try {
  await main()
} catch (error) {
  if (error instanceof UsageError) console.error(error.message)
  else if (error instanceof Refusal && error.kind === 'duplicate') console.error('NAME is taken')
  else throw error
  process.exitCode = 1
}
