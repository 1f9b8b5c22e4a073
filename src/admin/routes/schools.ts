import type { School } from '../../models/school.ts'
import { answers, emptyBody, signedIn } from '../answers.ts'
import {
  InvitationBody,
  InvitationList,
  InvitationMade,
  SchoolBody,
  SchoolImport,
  SchoolImported,
  SchoolPage,
  SchoolParams,
  SchoolsQuery,
  SchoolView,
} from '../contract/school.ts'
import type { AdminDeps, App } from '../deps.ts'
import { ProblemError } from '../problems.ts'

/** The office's table of schools, and invitation codes for their coordinators. */
export function schoolRoutes(app: App, { people: { schools } }: AdminDeps): void {
  async function known(npsn: string): Promise<School> {
    const school = (await schools.byNpsn([npsn])).get(npsn)
    if (!school) throw new ProblemError('not-found')
    return school
  }

  app.get(
    '/schools',
    { schema: { querystring: SchoolsQuery, response: answers({ 200: SchoolPage }) } },
    async ({ query }) => ({ items: (await schools.list(query)).map(view) }),
  )

  app.post(
    '/schools',
    { schema: { body: SchoolImport, response: answers({ 200: SchoolImported }) } },
    async ({ body }) => {
      await schools.save(body.schools)
      return { stored: body.schools.length }
    },
  )

  app.put(
    '/schools/:npsn',
    { schema: { params: SchoolParams, body: SchoolBody, response: answers({ 200: SchoolView }) } },
    async ({ params: { npsn }, body }) => {
      await schools.save([{ npsn, ...body }])
      return view(await known(npsn))
    },
  )

  app.get(
    '/schools/:npsn/invitations',
    { schema: { params: SchoolParams, response: answers({ 200: InvitationList }) } },
    async ({ params: { npsn } }) => {
      await known(npsn)
      const open = await schools.openInvitations(npsn)
      return {
        items: open.map(({ id, expiresAt, usesLeft, triesLeft }) => ({
          id,
          npsn,
          expiresAt: expiresAt.toISOString(),
          usesLeft,
          triesLeft,
        })),
      }
    },
  )

  app.post(
    '/schools/:npsn/invitations',
    {
      schema: { params: SchoolParams, body: InvitationBody, response: answers({ 201: InvitationMade }) },
      preValidation: emptyBody,
    },
    async (request, reply) => {
      const { npsn } = request.params
      await known(npsn)
      const made = await schools.invite({ npsn, ...request.body, by: signedIn(request).id })
      return reply.code(201).send({
        id: made.id,
        npsn,
        code: made.code,
        usesLeft: made.usesLeft,
        expiresAt: made.expiresAt.toISOString(),
      })
    },
  )
}

function view({ npsn, name, kecamatan, enrolled, sample }: School): SchoolView {
  return { npsn, name, kecamatan, enrolled, sample }
}
