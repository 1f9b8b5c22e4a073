import type { FastifyReply } from 'fastify'
import { STAGE_NAMES } from '../../models/application/stage-names.ts'
import { dateIn } from '../../models/identity/date.ts'
import type { Place } from '../../models/store/behind.ts'
import { logViews } from '../../models/operator/views.ts'
import { signedIn } from '../server/answers.ts'
import { caseView } from '../views/case-view.ts'
import type { ApplicationView } from '../contract/application.ts'
import { IdParams } from '../contract/id.ts'
import type { QueueItem } from '../contract/queue.ts'
import { CaseExportBody, SearchExportBody } from '../contract/search.ts'
import type { AdminDeps, App } from '../deps.ts'
import { given } from '../views/given.ts'
import { ProblemError } from '../server/problems.ts'
import { rowOf, rowViews } from '../views/rows.ts'
import { SHEET_TYPES, writeSheet } from '../sheets/sheet.ts'
import type { Sheet, SheetFormat } from '../sheets/sheet.ts'
import { find } from './search.ts'
import type { Filters } from './search.ts'

const MOST_ROWS = 10_000
const PAGE = 500

/** What leaves the house as a file of a spreadsheet; logged before it does. */
export function exportRoutes(app: App, deps: AdminDeps): void {
  const { queue, office, now } = deps
  const day = (moment: string | null | undefined): string =>
    moment ? dateIn(office.current().hours.timeZone, new Date(moment)) : ''

  async function all(filters: Filters): Promise<QueueItem[]> {
    const items: QueueItem[] = []
    for (let after: Place<Date> | undefined; items.length < MOST_ROWS;) {
      const { rows, next } = await find(deps, filters, { after, limit: PAGE })
      items.push(...(await rowViews(deps, rows.map(rowOf))))
      if (!next) break
      after = next
    }
    return items.slice(0, MOST_ROWS)
  }
  async function send(reply: FastifyReply, name: string, sheet: Sheet, format: SheetFormat): Promise<FastifyReply> {
    return reply
      .header('content-type', SHEET_TYPES[format])
      .header('content-disposition', `attachment; filename="${name}.${format}"`)
      .send(await writeSheet(sheet, format))
  }

  app.post(
    '/search/export',
    { schema: { body: SearchExportBody, description: 'A CSV or XLSX file' } },
    async (request, reply) => {
      const { format, ...filters } = request.body
      const items = await all(filters)
      await logViews(deps, [
        { operator: signedIn(request).id, at: now(), what: 'export', how: 'view', rows: items.length },
      ])
      const sheet: Sheet = {
        name: 'Permohonan',
        heading: [
          'Nomor',
          'Nama',
          'NIK (disamarkan)',
          'Kelas',
          'NPSN',
          'Sekolah',
          'Tahap',
          'Masuk',
          'Di tahap ini sejak',
        ],
        rows: items.map((item) => [
          item.ticket,
          item.pupil?.name ?? '',
          item.pupil?.nik ?? '',
          item.pupil?.class ?? '',
          item.school.npsn,
          item.school.name,
          STAGE_NAMES[item.stage],
          day(item.submittedAt),
          day(item.stageAt),
        ]),
      }
      return send(reply, `permohonan-${dateIn(office.current().hours.timeZone, now())}`, sheet, format)
    },
  )

  app.post(
    '/applications/:id/export',
    { schema: { params: IdParams, body: CaseExportBody, description: 'A CSV or XLSX file of one row' } },
    async (request, reply) => {
      const operator = signedIn(request)
      const { format, reason } = request.body
      const one = await queue.cases.get(request.params.id)
      if (one.stage === 'draft') throw new ProblemError('not-found')
      const view = await caseView(deps, operator, one, reason)
      if (!view.mayRead && (reason === undefined || view.pupil?.masked)) {
        throw new ProblemError('forbidden', { detail: 'Tulis alasan untuk mengekspor berkas ini.' })
      }
      await logViews(deps, [
        {
          application: one.id,
          operator: operator.id,
          at: now(),
          what: 'export',
          how: 'view',
          rows: 1,
          ...given({ reason }),
        },
      ])
      return send(reply, `berkas-${view.ticket ?? one.id}`, caseSheet(view, day), format)
    },
  )
}

function caseSheet(view: ApplicationView, day: (moment: string | undefined) => string): Sheet {
  const { pupil, school } = view
  const fields: readonly (readonly [string, string | null | undefined])[] = [
    ['Nomor', view.ticket],
    ['Nama', pupil?.name],
    ['NIK', pupil?.nik],
    ['Tanggal lahir', pupil?.birthDate],
    ['Nomor KK', pupil?.kk],
    ['Kelas', pupil?.class],
    ['NPSN', school.npsn],
    ['Sekolah', school.name],
    ['Kecamatan', school.kecamatan],
    ['Koordinator', view.coordinator.name],
    ['Tahap', STAGE_NAMES[view.stage]],
    ['Masuk', day(view.submittedAt)],
    ['Berkas lengkap', day(view.completeAt)],
    ['Siap', day(view.readyAt)],
    ['Diserahkan', day(view.handedOverAt)],
  ]
  return {
    name: 'Berkas',
    heading: fields.map(([name]) => name),
    rows: [fields.map(([, value]) => value ?? '')],
  }
}
