import { z } from 'zod'
import { logAct } from '../../models/operator/acts.ts'
import { createWhatsappStates } from '../../models/whatsapp/state.ts'
import { createInvitation, openInvitations } from '../../models/school/invitations.ts'
import { findSchool, listSchools, storeSchools } from '../../models/school/schools.ts'
import type { School } from '../../models/school/school.ts'
import { answers, emptyBody, signedIn } from '../server/answers.ts'
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
import { given } from '../views/given.ts'
import { drawInvitationSheet } from '../sheets/invitation-sheet.ts'
import { ProblemError } from '../server/problems.ts'

/** The office's table of schools, and invitation codes for their coordinators. */
export function schoolRoutes(app: App, deps: AdminDeps): void {
  const { office, database, now, live } = deps
  const states = createWhatsappStates(deps)
  async function known(npsn: string): Promise<School> {
    const school = await findSchool(database, npsn)
    if (!school) throw new ProblemError('not-found')
    return school
  }

  async function save(list: readonly Omit<School, 'sample'>[]): Promise<void> {
    await storeSchools(
      database,
      list.map((school) => ({ ...school, sample: false })),
    )
    live.publish({ type: 'schools' })
  }
  const acted = (by: string, act: 'school-save' | 'school-invitation', subject: string, detail?: string) =>
    logAct(database, { at: now(), by, act, subject, ...given({ detail }) })

  app.get(
    '/schools',
    { schema: { querystring: SchoolsQuery, response: answers({ 200: SchoolPage }) } },
    async ({ query }) => ({ items: (await listSchools(database, query)).map(view) }),
  )

  app.post(
    '/schools',
    { schema: { body: SchoolImport, response: answers({ 200: SchoolImported }) } },
    async (request) => {
      const { body } = request
      await save(body.schools)
      for (const { npsn } of body.schools) await acted(signedIn(request).id, 'school-save', npsn)
      return { stored: body.schools.length }
    },
  )

  app.put(
    '/schools/:npsn',
    { schema: { params: SchoolParams, body: SchoolBody, response: answers({ 200: SchoolView }) } },
    async (request) => {
      const { npsn } = request.params
      await save([{ npsn, ...request.body }])
      await acted(signedIn(request).id, 'school-save', npsn)
      return view(await known(npsn))
    },
  )

  app.get(
    '/schools/:npsn/invitations',
    { schema: { params: SchoolParams, response: answers({ 200: InvitationList }) } },
    async ({ params: { npsn } }) => {
      await known(npsn)
      const open = await openInvitations(deps, npsn)
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
      const made = await createInvitation(deps, { npsn, ...request.body, by: signedIn(request).id })
      await acted(signedIn(request).id, 'school-invitation', npsn, made.id)
      return reply.code(201).send({
        id: made.id,
        npsn,
        code: made.code,
        usesLeft: made.usesLeft,
        expiresAt: made.expiresAt.toISOString(),
      })
    },
  )

  app.post(
    '/schools/:npsn/invitation-sheet',
    {
      schema: { params: SchoolParams, body: InvitationBody, response: answers({ 201: PDF }) },
      preValidation: emptyBody,
    },
    async (request, reply) => {
      const { npsn } = request.params
      const school = await known(npsn)
      const phone = deps.whatsapp ? (await states.read())?.phone : undefined
      // without the number there is no link, and no code is spent
      if (phone === undefined) throw new ProblemError('conflict', { detail: 'Nomor WhatsApp kantor belum tersambung.' })
      const made = await createInvitation(deps, { npsn, ...request.body, by: signedIn(request).id })
      await acted(signedIn(request).id, 'school-invitation', npsn, made.id)
      const expires = new Intl.DateTimeFormat('id-ID', { dateStyle: 'long', timeZone: office.current().hours.timeZone })
      const { name, service } = office.current().identity
      const sheet = await drawInvitationSheet({
        office: { name, service },
        school,
        code: made.code,
        expires: expires.format(made.expiresAt),
        uses: made.usesLeft,
        phone,
      })
      return reply.code(201).type('application/pdf').send(sheet)
    },
  )
}

/** The bytes of a PDF. */
const PDF = z.instanceof(Buffer)

function view({ npsn, name, kecamatan, enrolled, sample }: School): SchoolView {
  return { npsn, name, kecamatan, enrolled, sample }
}
