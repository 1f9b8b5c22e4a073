import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { inject, expect, test } from 'vitest'
import { checkPassword } from '../../src/admin/sign-in/passwords.ts'
import { connectDatabase } from '../../src/models/store/connect.ts'
import { openKeyring } from '../../src/models/store/keyring.ts'
import { findCredentials } from '../../src/models/operator/operators.ts'
import { dropDatabase, freshDatabaseUri } from '../support/stores.ts'

const run = promisify(execFile)

test('the command makes an operator beside a running service and prints the password once', async () => {
  const uri = freshDatabaseUri()
  const key = randomBytes(32)
  const env = { ...process.env, MONGODB_URI: uri, REDIS_URL: inject('redisUrl'), DATA_KEY: key.toString('base64') }
  const command = (...words: string[]) => run(process.execPath, ['scripts/operator.ts', ...words], { env })
  const database = await connectDatabase(uri)
  try {
    const store = { database, sealer: await openKeyring(database, key) }
    const { stdout } = await command('add', 'Siti', '--role', 'verifikator', '--role', 'foto')
    const password = /^password: (\S+)$/m.exec(stdout)?.[1]
    const known = await findCredentials(store, { username: 'siti' })
    expect(known?.operator).toMatchObject({ roles: ['verifikator', 'foto'], mustChangePassword: true, active: true })
    expect(await checkPassword(password ?? '', known?.passwordHash)).toBe(true)

    expect(known?.operator.name).toBe('siti')
    await command('add', 'ani', '--role', 'loket', '--name', 'Ani Rekaan')
    expect((await findCredentials(store, { username: 'ani' }))?.operator.name).toBe('Ani Rekaan')

    await expect(command('add', 'siti', '--role', 'foto')).rejects.toMatchObject({ code: 1, stderr: 'NAME is taken\n' })
    for (const words of [
      ['add', 'budi', '--role', 'god'],
      ['add', '../x', '--role', 'foto'],
    ]) {
      await expect(command(...words)).rejects.toMatchObject({ code: 2, stdout: '' })
    }
  } finally {
    await dropDatabase(database)
  }
})
