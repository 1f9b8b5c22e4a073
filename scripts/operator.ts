/** `npm run operator -- add NAME --role ROLE`: makes an account beside a running service and prints its password once. */
import { parseArgs } from 'node:util'
import { hashPassword, newPassword } from '../src/admin/sign-in/passwords.ts'
import { ROLES } from '../src/models/application/transitions.ts'
import type { Role } from '../src/models/application/transitions.ts'
import { Refusal } from '../src/models/store/errors.ts'
import { ensureIndexes } from '../src/models/store/indexes.ts'
import { openKeyring } from '../src/models/store/keyring.ts'
import { addOperator } from '../src/models/operator/operators.ts'
import { withDatabase } from './support/with-database.ts'

type Wish = { username: string; name?: string; roles: readonly Role[] }

const wish = readWish(process.argv.slice(2))
if (!wish) {
  console.error(
    `usage: npm run operator -- add NAME --role ROLE [--role ROLE …] [--name "FULL NAME"]   (${ROLES.join(', ')}; NAME is 2 to 40 letters, digits or . _ -)`,
  )
  process.exit(2)
}
await withDatabase(async ({ database, keys }) => {
  await ensureIndexes(database)
  const password = newPassword()
  const sealed = async (name: string): Promise<Buffer> => {
    const { key, previous } = await keys()
    return (await openKeyring(database, key, previous)).seal(name)
  }
  try {
    const { name, ...account } = wish
    const operator = await addOperator(database, {
      ...account,
      // without a name there is nothing to seal, and no key is needed
      ...(name !== undefined && { name: await sealed(name) }),
      mustChangePassword: true,
      passwordHash: await hashPassword(password),
      now: new Date(),
    })
    console.log(`operator: ${operator.username} (${wish.roles.join(', ')})`)
    console.log(`password: ${password}`)
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'duplicate') throw new Error('NAME is taken', { cause: error })
    throw error
  }
})

function readWish(words: string[]): Wish | undefined {
  try {
    const { positionals, values } = parseArgs({
      args: words,
      allowPositionals: true,
      options: { role: { type: 'string', multiple: true }, name: { type: 'string' } },
    })
    const [command, username, ...rest] = positionals
    const roles = (values.role ?? []).flatMap((text) => text.split(',')).map((text) => text.trim())
    if (command !== 'add' || !username || rest.length > 0) return undefined
    if (!/^[a-z0-9][a-z0-9._-]{1,39}$/i.test(username) || roles.length === 0 || !roles.every(isRole)) return undefined
    return { username, ...(values.name !== undefined && { name: values.name }), roles }
  } catch {
    // an option that there is not
    return undefined
  }
}
function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text)
}
