import { createHash, randomBytes } from 'node:crypto'
import { countFailure, forgetFailures, lockedUntil } from '../../models/operator/login-attempts.ts'
import {
  closeSession,
  closeSessionsOf,
  openSession,
  removeExpiredSessions,
  useSession,
} from '../../models/operator/sessions.ts'
import {
  changeOperator,
  findCredentials,
  findOperator,
  normalUsername,
  useStep,
} from '../../models/operator/operators.ts'
import type { OperatorStore } from '../../models/operator/operators.ts'
import type { Operator } from '../../models/operator/operator.ts'
import { checkPassword, hashPassword } from './passwords.ts'
import { stepOf } from './second-factor.ts'

export type SignInOutcome =
  | { kind: 'signed-in'; operator: Operator; cookie: string }
  | { kind: 'refused' }
  /** The password was right; the code of the second factor is missing or wrong. */
  | { kind: 'code'; wrong: boolean }
  | { kind: 'locked'; retryAfterSeconds: number }

export type Auth = ReturnType<typeof createAuth>

/**
 * Operators' sign-in. A session is a random cookie whose hash is stored; failures are counted for an account together
 * with an address, so that a stranger locks out nobody but themselves, and open sessions go on.
 */
export function createAuth({ database, sealer, now }: OperatorStore & { now: () => Date }) {
  const store = { database, sealer }
  const turns = new Map<string, Promise<unknown>>()

  /** One attempt of a pair at a time: a hundred guesses sent at once are counted before the next is tried. */
  async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = turns.get(key) ?? Promise.resolve()
    const mine = before.then(work, work)
    const settled = mine.catch(() => undefined)
    turns.set(key, settled)
    try {
      return await mine
    } finally {
      if (turns.get(key) === settled) turns.delete(key)
    }
  }

  async function attempt(
    key: string,
    { username, password, code, device }: { username: string; password: string; code?: string; device?: string },
  ): Promise<SignInOutcome> {
    const at = now()
    const locked = await lockedUntil(database, key, at)
    if (locked) {
      return { kind: 'locked', retryAfterSeconds: Math.max(1, Math.ceil((locked.getTime() - at.getTime()) / 1000)) }
    }
    const known = await findCredentials(store, { username })
    const right = await checkPassword(password, known?.operator.active ? known.passwordHash : undefined)
    if (!right || !known) {
      await countFailure(database, key, now())
      return { kind: 'refused' }
    }
    const { totp } = known
    if (totp) {
      if (code === undefined) return { kind: 'code', wrong: false }
      const step = stepOf(sealer.openText(totp.secret), code, now())
      // a code is used once: who looks over a shoulder comes too late
      if (step === undefined || !(await useStep(database, known.operator.id, step))) {
        await countFailure(database, key, now())
        return { kind: 'code', wrong: true }
      }
    }
    await forgetFailures(database, key, now())
    await removeExpiredSessions(database, now())
    const cookie = randomBytes(32).toString('base64url')
    await openSession(database, hashToken(cookie), known.operator.id, now(), device)
    return { kind: 'signed-in', operator: known.operator, cookie }
  }

  return {
    signIn(given: {
      username: string
      password: string
      code?: string
      device?: string
      address: string
    }): Promise<SignInOutcome> {
      const key = sealer.identify('sign-in', normalUsername(given.username), given.address)
      return inTurn(key, () => attempt(key, given))
    },

    /** Whose cookie this is; undefined when the session is over or the operator is no longer active. */
    async operatorOf(cookie: string | undefined): Promise<Operator | undefined> {
      if (!cookie || cookie.length > 100) return undefined
      const id = await useSession(database, hashToken(cookie), now())
      const operator = id === undefined ? undefined : await findOperator(store, id)
      return operator?.active ? operator : undefined
    },

    async signOut(cookie: string): Promise<void> {
      await closeSession(database, hashToken(cookie))
    },

    /** Whether it is this operator's password; counted as an attempt to sign in. */
    async isPassword(operator: Operator, given: { password: string; address: string }): Promise<boolean> {
      const key = sealer.identify('sign-in', operator.username, given.address)
      return inTurn(key, async () => {
        if (await lockedUntil(database, key, now())) return false
        const known = await findCredentials(store, { id: operator.id })
        if (known && (await checkPassword(given.password, known.passwordHash))) return true
        await countFailure(database, key, now())
        return false
      })
    },

    /** False when `current` is wrong or locked. The operator's other sessions end. */
    async changePassword(
      operator: Operator,
      given: { current: string; next: string; cookie: string; address: string },
    ): Promise<boolean> {
      const key = sealer.identify('sign-in', operator.username, given.address)
      return inTurn(key, async () => {
        if (await lockedUntil(database, key, now())) return false
        const known = await findCredentials(store, { id: operator.id })
        if (!known || !(await checkPassword(given.current, known.passwordHash))) {
          await countFailure(database, key, now())
          return false
        }
        const passwordHash = await hashPassword(given.next)
        await changeOperator(store, operator.id, { passwordHash, mustChangePassword: false })
        await closeSessionsOf(database, operator.id, hashToken(given.cookie))
        return true
      })
    },
  }
}

/** 256 random bits need no slow hash. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
