import { createLog } from '../../src/config/log.ts'
import { loadOffice } from '../../src/config/office.ts'
import { connectDatabase } from '../../src/models/store/connect.ts'
import { createSealer } from '../../src/models/store/sealing.ts'
import { createTicketQueue } from '../../src/queue/ticket-queue.ts'

/** What one claim was, by the clock that all processes of the machine share (nanoseconds, as text). */
export type Taken = { id: string; asked: string; got: string }
/** From the parent: where to work, and as whom. */
export type WorkOrder = { uri: string; key: string; operators: readonly string[]; officeFile: string }

/** A process of operators that claim and approve until nothing waits, then tells its parent what each got. */
process.once('message', (order: WorkOrder) => {
  void work(order).then(
    (taken) => process.send!(taken, () => process.disconnect()),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})

async function work({ uri, key, operators, officeFile }: WorkOrder): Promise<Taken[]> {
  const database = await connectDatabase(uri)
  const secret = Buffer.from(key, 'base64')
  const office = loadOffice(officeFile)
  const queue = createTicketQueue({
    database,
    sealer: createSealer(secret, secret),
    office: { current: () => office },
    now: () => new Date(),
    log: createLog('warn'),
    publish: () => undefined,
    enrolment: async () => null,
  })
  const taken: Taken[] = []
  await Promise.all(
    operators.map(async (id) => {
      const operator = { id, roles: ['verifikator'] as const }
      for (;;) {
        const asked = String(process.hrtime.bigint())
        const claimed = await queue.claims.take({ operator })
        if (!claimed) return
        taken.push({ id: claimed.id, asked, got: String(process.hrtime.bigint()) })
        const { token } = claimed.claim
        await queue.decisions.decide(claimed.id, {
          token,
          operator,
          action: 'approve',
          transactionId: `approve-${claimed.id}`,
        })
      }
    }),
  )
  await queue.close()
  await database.close()
  return taken
}
