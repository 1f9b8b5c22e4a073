import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { createAppraising } from '../../src/media/appraising.ts'
import { createLog } from '../../src/config/log.ts'
import { pageBlob, proposalBlob } from '../../src/media/derived.ts'
import type { DocumentKind } from '../../src/models/application/application.ts'
import type { Look, ReadField, ReadValue } from '../../src/models/file/look.ts'
import { applicationById } from '../../src/models/application/changes.ts'
import { createAppraisals } from '../../src/models/application/appraisals.ts'
import { createInbox } from '../../src/models/chat/inbox.ts'
import { createLooks } from '../../src/models/file/looks.ts'
import { openedLook } from '../media/fake-examiner.ts'
import { goodLook } from '../media/portrait/rules.ts'
import type { House } from './support.ts'
import { within } from './within.ts'

/**
 * Stores what looking at an application's documents came to, by kind, where the worker of a service that looks does:
 * no model runs beside a browser. A portrait gets a proposal; `pages` are drawn, of a PDF. What it means beside the answers is the service's own
 * work.
 */
export async function storeLooks(
  house: House,
  id: string,
  seen: Readonly<Partial<Record<DocumentKind, Look>>>,
  pages: Readonly<Partial<Record<DocumentKind, readonly Buffer[]>>> = {},
): Promise<void> {
  await within(house, async (context) => {
    const [looks, appraisals] = [createLooks(context), createAppraisals(context)]
    const application = await applicationById(context.database, id)
    if (!application) throw new Error(`there is no application ${id}`)
    for (const { id: file, kind } of application.documents) {
      const look = seen[kind]
      if (!look) continue
      const proposal = kind === 'portrait'
      if (proposal) await context.blobs.put(proposalBlob(file), await proposed())
      const drawn = pages[kind] ?? []
      for (const [i, page] of drawn.entries())
        for (const size of ['page', 'thumbnail'] as const) await context.blobs.put(pageBlob(file, i + 1, size), page)
      const outcome = { state: 'done' as const, look, pages: drawn.length || 1, proposal }
      await looks.settle({ _id: file, chat: application.chat }, outcome)
    }
    await appraisals.mark(id)
    await createAppraising({
      ...context,
      appraisals,
      looks,
      inbox: createInbox({ ...context, log: createLog('silent') }),
      jobs: { hint: () => undefined },
      log: createLog('silent'),
      onAppraised: () => undefined,
    })()
  })
}

/** A value in the pupil's row of the sample family card, which is 1200 × 850 px. */
export const onCard = (field: ReadField, value: string, x: number, width: number): ReadValue => {
  const box = { x: x / 1200, y: 603 / 850, width: width / 1200, height: 28 / 850 }
  return { field, value, confidence: 0.99, row: 2, box }
}

async function proposed(): Promise<Buffer> {
  const sample = await readFile('src/admin/console/public/samples/foto-merah.jpg')
  return sharp(sample).extract({ left: 60, top: 90, width: 480, height: 720 }).resize(472, 708).jpeg().toBuffer()
}

/** What is read on Citra's papers, in one letter and one digit otherwise than it was typed, and on a parent's card. */
export const readOfCitra = {
  family_card: openedLook('family_card', [
    onCard('name', 'CITRA CONTOH REKAAN', 118, 270),
    onCard('nik', '6311064107150003', 498, 228),
    onCard('birthDate', '2015-07-01', 798, 132),
  ]),
  // a parent's, who is not held against the child
  eid_card: openedLook('eid_card', [
    onCard('name', 'CONTOH IBU REKAAN', 118, 270),
    onCard('nik', '6311066309880002', 498, 228),
  ]),
  portrait: openedLook('portrait', [], goodLook({ reblur: 0.7 })),
}
