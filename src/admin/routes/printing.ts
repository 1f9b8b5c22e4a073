import { schoolsByNpsn } from '../../models/school/schools.ts'
import { countClaimed, countListed, rowsById, rowsForBatches, startAfter } from '../../models/application/lists.ts'
import type { RowWithKinds } from '../../models/application/lists.ts'
import { pupilOf } from '../../models/application/sealed.ts'
import { operatorNames } from '../../models/operator/operators.ts'
import { logAct } from '../../models/operator/acts.ts'
import { MISPRINT_REASONS, waitingOf } from '../../models/printing/print-batch.ts'
import type { MisprintReason, PrintBatch } from '../../models/printing/print-batch.ts'
import { answers, NOTHING, signedIn } from '../server/answers.ts'
import {
  BatchBody,
  BatchesQuery,
  BatchList,
  BatchParams,
  BatchRowBody,
  BatchRowParams,
  BatchTakeBody,
  BatchView,
  PrintingQuery,
  PrintingView,
  SendBackBody,
  StockBody,
  StockView,
} from '../contract/printing.ts'
import type { BatchSummary, CardItem } from '../contract/printing.ts'
import { LIST } from '../server/compress.ts'
import { IdParams } from '../contract/id.ts'
import type { AdminDeps, App } from '../deps.ts'
import { given } from '../views/given.ts'
import { rowOf, rowViews } from '../views/rows.ts'
import { misprintReasons } from './reasons.ts'

/** Batches of the last stages, and what is used up by them. */
export function printingRoutes(app: App, deps: AdminDeps): void {
  const { database, office, queue, live, sealer, now } = deps
  const { batches, stock } = queue

  const told = () => live.publish({ type: 'printing' })
  function countsOf({ rows, uses }: PrintBatch) {
    const among = (state: PrintBatch['rows'][number]['state']) => rows.filter((row) => row.state === state).length
    return {
      rows: rows.length,
      done: among('done'),
      waiting: waitingOf(rows),
      missed: among('missed'),
      misprints: uses.filter((use) => use.misprint).length,
      blanks: uses.length,
    }
  }
  function headOf(batch: PrintBatch, names: ReadonlyMap<string, string>) {
    const { number, stage, printer, by, at, state, closedAt } = batch
    return {
      number,
      stage,
      state,
      by: { id: by, name: names.get(by) ?? by },
      at: at.toISOString(),
      counts: countsOf(batch),
      ...given({ printer, closedAt: closedAt?.toISOString() }),
    }
  }
  async function cardsOf(rows: readonly RowWithKinds[]): Promise<CardItem[]> {
    const items = await rowViews(deps, rows.map(rowOf))
    const hindrances = rows.map((row) => queue.cases.hindranceInBatch({ ...row, pupil: pupilOf(row, sealer) }))
    return items.map((item, i) => ({ ...item, ...given({ hindrance: hindrances[i] }) }))
  }
  async function view(batch: PrintBatch): Promise<BatchView> {
    const [names, found] = await Promise.all([
      operatorNames(deps, [batch.by]),
      rowsById(
        database,
        batch.rows.map((row) => row.application),
      ),
    ])
    const known = batch.rows.flatMap((row) => found.get(row.application) ?? [])
    const items = new Map((await cardsOf(known)).map((item) => [item.id, item]))
    return {
      ...headOf(batch, names),
      rows: batch.rows.flatMap(({ application, token, state, at, reason, note }) => {
        const item = items.get(application)
        if (!item) return []
        const holds = found.get(application)?.claim?.token === token
        const words = note ? sealer.openText(note) : undefined
        return [{ item, state, holds, at: at.toISOString(), ...given({ reason, note: words }) }]
      }),
    }
  }

  app.get(
    '/printing',
    { schema: { querystring: PrintingQuery, response: answers({ 200: PrintingView }) }, config: LIST },
    async ({ query: { stage, after, limit } }) => {
      const from = after === undefined ? undefined : await startAfter(database, after)
      // counted anew: kept counts are older than the rows beside them
      const [rows, total, held, next] = await Promise.all([
        rowsForBatches(database, stage, from, limit),
        countListed(database, stage),
        countClaimed(database, stage),
        batches.next(),
      ])
      return {
        items: await cardsOf(rows),
        total,
        free: Math.max(0, total - held),
        printers: [...office.current().printing.printers],
        load: office.current().printing.load,
        next,
        signature: office.current().signature,
        reasons: misprintReasons(),
      }
    },
  )

  app.post(
    '/printing/:id/send-back',
    { schema: { params: IdParams, body: SendBackBody, response: answers({ 204: NOTHING }) } },
    async (request, reply) => {
      await queue.decisions.sendBack(request.params.id, signedIn(request), request.body.transactionId)
      return reply.code(204).send(null)
    },
  )

  async function summaries(listed: readonly PrintBatch[]): Promise<BatchSummary[]> {
    const found = await rowsById(
      database,
      listed.flatMap((batch) => batch.rows.map((row) => row.application)),
    )
    const npsnsOf = (batch: PrintBatch) => [
      ...new Set(batch.rows.flatMap((row) => found.get(row.application)?.npsn ?? [])),
    ]
    const [names, schools] = await Promise.all([
      operatorNames(
        deps,
        listed.map((batch) => batch.by),
      ),
      schoolsByNpsn(database, listed.flatMap(npsnsOf)),
    ])
    return listed.map((batch) => ({
      ...headOf(batch, names),
      schools: npsnsOf(batch).map((npsn) => schools.get(npsn)?.name ?? npsn),
    }))
  }

  app.get(
    '/print-batches',
    { schema: { querystring: BatchesQuery, response: answers({ 200: BatchList }) }, config: LIST },
    async ({ query: { stage, after, limit } }) => {
      const [state, number] = after?.split('-') ?? []
      const place = after === undefined ? undefined : { state: state as BatchSummary['state'], number: Number(number) }
      const listed = await batches.list({ stage, after: place, limit })
      const last = listed.length < limit ? undefined : listed.at(-1)
      return { items: await summaries(listed), ...given({ next: last && `${last.state}-${last.number}` }) }
    },
  )

  app.post(
    '/print-batches',
    { schema: { body: BatchBody, response: answers({ 201: BatchView }) } },
    async (request, reply) => {
      const batch = await batches.open({ ...request.body, operator: signedIn(request) })
      told()
      return reply.code(201).send(await view(batch))
    },
  )

  app.get(
    '/print-batches/:number',
    { schema: { params: BatchParams, response: answers({ 200: BatchView }) }, config: LIST },
    async (request) => view(await batches.get(request.params.number)),
  )

  app.post(
    '/print-batches/:number/rows/:id',
    { schema: { params: BatchRowParams, body: BatchRowBody, response: answers({ 200: BatchView }) } },
    async (request) => {
      const { number, id } = request.params
      const batch = await batches.actOn(number, id, { ...request.body, operator: signedIn(request) })
      told()
      return view(batch)
    },
  )

  app.post(
    '/print-batches/:number/take',
    { schema: { params: BatchParams, body: BatchTakeBody, response: answers({ 200: BatchView }) } },
    async (request) => {
      const operator = signedIn(request)
      const { number } = request.params
      const { from } = request.body
      const batch = await batches.takeOver(number, { operator, from })
      const act = { at: now(), by: operator.id, act: 'batch-take-over', subject: String(number), detail: from } as const
      await logAct(database, act)
      told()
      return view(batch)
    },
  )

  app.post(
    '/print-batches/:number/close',
    { schema: { params: BatchParams, response: answers({ 200: BatchView }) } },
    async (request) => {
      const batch = await batches.close(request.params.number, signedIn(request))
      told()
      return view(batch)
    },
  )

  app.get('/stock', { schema: { response: answers({ 200: StockView }) } }, async () => {
    const { blank, ribbon, printedToday, month } = await stock.state()
    const copy = ({ onHand, reorderAt, forecast }: typeof blank) => ({
      onHand,
      reorderAt,
      forecast: { ...forecast, left: [...forecast.left] },
    })
    return {
      blank: copy(blank),
      ribbon: copy(ribbon),
      ribbonPrints: office.current().printing.ribbonPrints,
      printedToday,
      month: {
        used: month.used,
        misprints: (Object.entries(month.misprints) as [MisprintReason, number][])
          .map(([reason, count]) => ({ reason, label: MISPRINT_REASONS[reason], count }))
          .toSorted((a, b) => b.count - a.count),
      },
    }
  })

  app.post('/stock', { schema: { body: StockBody, response: answers({ 204: NOTHING }) } }, async (request, reply) => {
    await stock.add({ ...request.body, by: signedIn(request).id })
    told()
    return reply.code(204).send(null)
  })
}
