import { randomBytes } from 'node:crypto'
import { toString as picture } from 'qrcode'
import { logAct } from '../../models/operator/acts.ts'
import type { OfficeActName } from '../../models/operator/acts.ts'
import { inviteOperator, invitedOperator, useInvite } from '../../models/operator/invites.ts'
import { closeSessionsOf, endSession, sessionsOf } from '../../models/operator/sessions.ts'
import {
  changeOperator,
  dropSecondFactor,
  findOperator,
  offeredSecondFactor,
  offerSecondFactor,
  takeSecondFactor,
} from '../../models/operator/operators.ts'
import { answers, NOTHING, signedIn } from '../server/answers.ts'
import { hashToken } from '../sign-in/auth.ts'
import type { Auth } from '../sign-in/auth.ts'
import {
  FactorCode,
  FactorOffer,
  FactorWish,
  InviteAccept,
  InviteLook,
  InviteMade,
  InviteOf,
  OperatorSessions,
} from '../contract/account.ts'
import { IdParams, PlacedPageQuery } from '../contract/id.ts'
import type { AdminDeps, App } from '../deps.ts'
import { given } from '../views/given.ts'
import { hashPassword } from '../sign-in/passwords.ts'
import { nextPlace, placeOf } from '../views/place.ts'
import { ProblemError } from '../server/problems.ts'
import { newSecret, stepOf } from '../sign-in/second-factor.ts'
import { SESSION_COOKIE } from './session.ts'

const INVITE_MS = 3 * 86_400_000
const TOKEN_BYTES = 24
/** Hashing is dear on purpose, and a link is not to be guessed at leisure. */
const TRIES = { rateLimit: { max: 60, timeWindow: 60_000 } }

/** Sessions, second factor and the link by which somebody gets their first password. */
export function accountRoutes(app: App, { database, sealer, office, live, now }: AdminDeps, auth: Auth): void {
  async function sessions(
    operator: string,
    { after, limit }: PlacedPageQuery,
    cookie: string | undefined,
  ): Promise<OperatorSessions> {
    const current = cookie === undefined ? undefined : hashToken(cookie)
    const found = await sessionsOf(database, operator, { now: now(), place: placeOf(after), limit })
    return {
      ...given({ next: nextPlace(found, limit, ({ createdAt, id }) => ({ at: createdAt, id })) }),
      items: found.map(({ id, device, createdAt, seenAt }) => ({
        id,
        createdAt: createdAt.toISOString(),
        seenAt: seenAt.toISOString(),
        current: id === current,
        ...given({ device }),
      })),
    }
  }
  async function acted(by: string, act: OfficeActName, subject: string): Promise<void> {
    await logAct(database, { at: now(), by, act, subject })
    live.publish({ type: 'operators' })
  }
  async function known(id: string) {
    const operator = await findOperator({ database, sealer }, id)
    if (!operator) throw new ProblemError('not-found')
    return operator
  }

  app.get(
    '/session/sessions',
    { schema: { querystring: PlacedPageQuery, response: answers({ 200: OperatorSessions }) } },
    (request) => sessions(signedIn(request).id, request.query, request.cookies[SESSION_COOKIE]),
  )

  app.delete(
    '/session/sessions/:id',
    { schema: { params: IdParams, response: answers({ 204: NOTHING }) } },
    async (request, reply) => {
      if (!(await endSession(database, signedIn(request).id, request.params.id))) throw new ProblemError('not-found')
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/session/second-factor',
    { schema: { body: FactorWish, response: answers({ 200: FactorOffer }) }, config: TRIES },
    async (request) => {
      const operator = signedIn(request)
      if (!(await auth.isPassword(operator, { password: request.body.password, address: request.ip }))) {
        throw new ProblemError('invalid', { detail: 'Kata sandi tidak cocok.' })
      }
      const { secret, uri } = newSecret(
        operator.username,
        `${office.current().identity.service} ${office.current().identity.shortName}`,
      )
      await offerSecondFactor(database, operator.id, sealer.seal(secret))
      const svg = await picture(uri, { type: 'svg', margin: 2 })
      return { secret, uri, picture: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` }
    },
  )

  app.put(
    '/session/second-factor',
    { schema: { body: FactorCode, response: answers({ 204: NOTHING }) }, config: TRIES },
    async (request, reply) => {
      const { id } = signedIn(request)
      const offered = await offeredSecondFactor(database, id)
      const step = offered ? stepOf(sealer.openText(offered), request.body.code, now()) : undefined
      if (!offered || step === undefined || !(await takeSecondFactor(database, id, offered, step))) {
        throw new ProblemError('invalid', { detail: 'Kode tidak cocok. Periksa jam pada ponsel Anda.' })
      }
      live.publish({ type: 'operators' })
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/session/second-factor',
    { schema: { body: FactorWish, response: answers({ 204: NOTHING }) }, config: TRIES },
    async (request, reply) => {
      const operator = signedIn(request)
      if (!(await auth.isPassword(operator, { password: request.body.password, address: request.ip }))) {
        throw new ProblemError('invalid', { detail: 'Kata sandi tidak cocok.' })
      }
      await dropSecondFactor(database, operator.id)
      await acted(operator.id, 'operator-second-factor-off', operator.id)
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/operators/:id/sessions',
    { schema: { params: IdParams, querystring: PlacedPageQuery, response: answers({ 200: OperatorSessions }) } },
    async (request) => sessions((await known(request.params.id)).id, request.query, request.cookies[SESSION_COOKIE]),
  )

  app.delete(
    '/operators/:id/sessions',
    { schema: { params: IdParams, response: answers({ 204: NOTHING }) } },
    async (request, reply) => {
      const { id } = await known(request.params.id)
      const cookie = request.cookies[SESSION_COOKIE]
      // who ends their own keeps the one that they sit at
      await closeSessionsOf(database, id, cookie === undefined ? undefined : hashToken(cookie))
      await acted(signedIn(request).id, 'operator-sessions-end', id)
      return reply.code(204).send(null)
    },
  )

  app.delete(
    '/operators/:id/second-factor',
    { schema: { params: IdParams, response: answers({ 204: NOTHING }) } },
    async (request, reply) => {
      if (!(await dropSecondFactor(database, request.params.id))) throw new ProblemError('not-found')
      await acted(signedIn(request).id, 'operator-second-factor-off', request.params.id)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/operators/:id/invite',
    { schema: { params: IdParams, response: answers({ 200: InviteMade }) } },
    async (request) => {
      const { id } = await known(request.params.id)
      const token = randomBytes(TOKEN_BYTES).toString('base64url')
      const expiresAt = new Date(now().getTime() + INVITE_MS)
      await inviteOperator(database, { hash: hashToken(token), operator: id, expiresAt })
      await acted(signedIn(request).id, 'operator-invite', id)
      return { token, expiresAt: expiresAt.toISOString() }
    },
  )

  app.post(
    '/operator-invites/look',
    { schema: { body: InviteLook, response: answers({ 200: InviteOf }) }, config: TRIES },
    async (request) => {
      const id = await invitedOperator(database, hashToken(request.body.token), now())
      const operator = id === undefined ? undefined : await findOperator({ database, sealer }, id)
      if (!operator?.active) throw new ProblemError('not-found')
      return { username: operator.username, name: operator.name }
    },
  )

  app.post(
    '/operator-invites/accept',
    { schema: { body: InviteAccept, response: answers({ 204: NOTHING }) }, config: TRIES },
    async (request, reply) => {
      const { token, password } = request.body
      const passwordHash = await hashPassword(password)
      const id = await useInvite(database, hashToken(token), now())
      if (id === undefined || !(await findOperator({ database, sealer }, id))?.active)
        throw new ProblemError('not-found')
      await changeOperator({ database, sealer }, id, { passwordHash, mustChangePassword: false })
      await closeSessionsOf(database, id)
      return reply.code(204).send(null)
    },
  )
}
