import { pupilOf } from '../../models/application/sealed.ts'
import { schoolsByNpsn } from '../../models/school/schools.ts'
import { z } from 'zod'
import { applicationById } from '../../models/application/changes.ts'
import { portraitOf } from '../../models/application/application.ts'
import type { ApplicationDocument } from '../../models/application/kept.ts'
import { logViews } from '../../models/operator/views.ts'
import { answers, signedIn } from '../server/answers.ts'
import { PortraitSheetBody } from '../contract/portrait-sheet.ts'
import type { AdminDeps, App } from '../deps.ts'
import { given } from '../views/given.ts'
import { ProblemError } from '../server/problems.ts'
import { mayRead } from '../rights.ts'

/** The bytes of a PDF. */
const PDF = z.instanceof(Buffer)

/** Portraits of a ready list or a class, for printing on paper. Each portrait on it is logged as looked at. */
export function portraitSheetRoutes(app: App, deps: AdminDeps): void {
  const { database, sealer, office, media, now } = deps

  app.post(
    '/portrait-sheets',
    { schema: { body: PortraitSheetBody, response: answers({ 200: PDF }) } },
    async (request, reply) => {
      const operator = signedIn(request)
      const { applications: ids, dpi, firstPage, reason } = request.body
      const found = await Promise.all([...new Set(ids)].map((id) => applicationById(database, id)))
      const cases = found.flatMap((one) => (one === null || one.stage === 'draft' ? [] : one))
      if (cases.length < found.length) throw new ProblemError('not-found')
      const foreign = cases.some(
        (one) => one.stage !== 'ready' && !mayRead(operator, { stage: one.stage, claimedBy: one.claim?.by }),
      )
      if (foreign && reason === undefined) {
        throw new ProblemError('forbidden', { detail: 'Tulis alasan untuk mencetak foto dari tahap lain.' })
      }
      const pupils = cases.map((one) => {
        // a purged case has neither name nor picture
        const pupil = pupilOf(one, sealer)
        const note = [one.ticket, pupil?.class].filter((part) => part !== undefined).join(' · ')
        const document = portraitOf(one)
        // a new photo is cut anew: an edit of another one says nothing about it
        const edit = one.portrait?.document === document ? one.portrait?.edit : undefined
        return { application: one._id, name: pupil?.name ?? '', note, document, edit }
      })
      await logViews(
        deps,
        pupils.flatMap(({ application, document }) =>
          document === undefined
            ? []
            : {
                application,
                document,
                operator: operator.id,
                at: now(),
                what: 'document',
                how: 'view',
                ...given({ reason }),
              },
        ),
      )
      const title = await titleOf(cases)
      return reply
        .type('application/pdf')
        .header('content-disposition', 'inline; filename="pas-foto.pdf"')
        .send(await media.portraitSheet(pupils, { title, dpi, firstPage }))
    },
  )

  async function titleOf(cases: readonly ApplicationDocument[]): Promise<string> {
    const day = new Intl.DateTimeFormat('id-ID', {
      dateStyle: 'long',
      timeZone: office.current().hours.timeZone,
    }).format(now())
    const [npsn, ...others] = new Set(cases.map((one) => one.npsn))
    const school =
      others.length === 0 && npsn !== undefined ? (await schoolsByNpsn(database, [npsn])).get(npsn) : undefined
    return ['Pas foto 2 x 3 cm', school?.name, day].filter((part) => part !== undefined).join(' · ')
  }
}
