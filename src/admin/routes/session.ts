import type { CookieSerializeOptions } from '@fastify/cookie'
import type { Operator } from '../../models/operator/operator.ts'
import { answers, NOTHING, signedIn } from '../server/answers.ts'
import type { Auth } from '../sign-in/auth.ts'
import { ChangePassword, SessionView, SignIn } from '../contract/session.ts'
import type { AdminDeps, App } from '../deps.ts'
import { deviceOf } from '../sign-in/device.ts'
import { given } from '../views/given.ts'
import { ProblemError } from '../server/problems.ts'

export const SESSION_COOKIE = 'smartkids'
/** Hashing is dear on purpose: a flood of sign-ins from one address must not take the processor from the others. */
const SIGN_INS = { rateLimit: { max: 600, timeWindow: 60_000 } }
const BODY_BYTES = 16 * 1024

/** Sign-in, sign-out, and the operator's own password. */
export function sessionRoutes(app: App, { publicUrl }: AdminDeps, auth: Auth): void {
  const options: CookieSerializeOptions = {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: publicUrl?.startsWith('https:') ?? false,
  }

  app.post(
    '/session',
    { schema: { body: SignIn, response: answers({ 200: SessionView }) }, config: SIGN_INS, bodyLimit: BODY_BYTES },
    async (request, reply) => {
      const { username, password, code } = request.body
      const device = deviceOf(request.headers['user-agent'])
      const outcome = await auth.signIn({ username, password, address: request.ip, ...given({ code, device }) })
      if (outcome.kind === 'locked') {
        throw new ProblemError('too-many-requests', { retryAfter: outcome.retryAfterSeconds })
      }
      if (outcome.kind === 'refused') {
        throw new ProblemError('unauthenticated', { detail: 'Nama pengguna atau kata sandi tidak cocok.' })
      }
      if (outcome.kind === 'code') {
        throw new ProblemError('unauthenticated', {
          detail: outcome.wrong ? 'Kode tidak cocok atau sudah dipakai.' : 'Masukkan kode dari aplikasi autentikator.',
          context: { need: 'code' },
        })
      }
      const before = request.cookies[SESSION_COOKIE]
      if (before) await auth.signOut(before)
      reply.setCookie(SESSION_COOKIE, outcome.cookie, options)
      return view(outcome.operator)
    },
  )

  app.get('/session', { schema: { response: answers({ 200: SessionView }) } }, (request) => view(signedIn(request)))

  app.delete('/session', { schema: { response: answers({ 200: SessionView }) } }, async (request, reply) => {
    const cookie = request.cookies[SESSION_COOKIE]
    if (cookie) await auth.signOut(cookie)
    // a cookie of a session that is over goes, too
    reply.clearCookie(SESSION_COOKIE, options)
    return view(signedIn(request))
  })

  app.put(
    '/session/password',
    {
      schema: { body: ChangePassword, response: answers({ 204: NOTHING }) },
      config: SIGN_INS,
      bodyLimit: BODY_BYTES,
    },
    async (request, reply) => {
      const cookie = request.cookies[SESSION_COOKIE] ?? ''
      const done = await auth.changePassword(signedIn(request), { ...request.body, cookie, address: request.ip })
      if (!done) throw new ProblemError('invalid', { detail: 'Kata sandi sekarang tidak cocok.' })
      return reply.code(204).send(null)
    },
  )
}

function view({ id, name, username, roles, mustChangePassword, secondFactor }: Operator): SessionView {
  return { operator: { id, name, username, roles: [...roles], mustChangePassword, secondFactor } }
}
