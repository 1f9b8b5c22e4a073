import { createHash } from 'node:crypto'
import { Redis } from 'ioredis'
import { inject } from 'vitest'
import { readEnv } from '../../src/config/env.ts'
import { createLog } from '../../src/config/log.ts'
import { settableOffice } from '../../src/config/office-settings.ts'
import { consentTextsOf } from '../../src/conversation/consent.ts'
import { openHouse } from '../../src/house.ts'
import type { ApplicationReason, Citizenship, StoredDocument } from '../../src/models/application/application.ts'
import { parseNik } from '../../src/models/identity/identity.ts'
import { newId } from '../../src/models/store/ids.ts'
import { touchChat } from '../../src/models/chat/chats.ts'
import { registerCoordinator } from '../../src/models/coordinator/coordinators.ts'
import { createFiles } from '../../src/models/file/files.ts'
import { album } from './support.ts'
import type { House } from './support.ts'
import { within } from './within.ts'
import type { Within } from './within.ts'

const KINDS = ['birth_certificate', 'family_card', 'eid_card', 'eid_card', 'portrait'] as const

/** What is said of a pupil that most are not. */
type Status = { reason: ApplicationReason; citizenship: Citizenship }

/**
 * What `submitPupils` comes to, a tenth of its work: for tests that begin where the pupils wait. Written by the queue
 * itself, as by another process of the service; nothing is said in the chat.
 */
export async function enrolPupils(
  house: House,
  person: string,
  npsn: string,
  pupils: readonly (readonly [name: string, nik: string, group?: string | undefined, status?: Status])[],
): Promise<string[]> {
  const redis = new Redis(inject('redisUrl'), { maxRetriesPerRequest: null })
  try {
    return await within(house, async (context) => {
      const { queue, live } = await openHouse({
        ...context,
        office: settableOffice(context.office.current()),
        env: readEnv({ DATA_DIR: house.stores.dataDir, MEDIA: 'keep', ROLES: 'worker' }),
        redis,
        prefix: `smart-kids-${context.database.name}`,
        jobs: { hint: () => undefined, remind: () => undefined, queues: [] },
        log: createLog('warn'),
      })
      const at = context.now()
      const [registering, sending] = consentTextsOf(context.office.current()).map(({ version: textVersion }) => ({
        at,
        by: person,
        textVersion,
        evidence: 'SETUJU',
      }))
      const chat = await touchChat(context, { from: { channel: 'webchat', id: person }, account: 'demo' })
      const who = { key: person, chat, npsn, name: 'Wati Rekaan', role: 'teacher' as const, consent: registering! }
      const { coordinator } = await registerCoordinator(context, who)
      const tickets: string[] = []
      let group = '4A'
      for (const [name, nik, other = group, status] of pupils) {
        group = other
        const draft = newId()
        const read = parseNik(nik)
        if (!read.ok) throw new Error(`${nik} is no NIK`)
        // of both centuries the one of a child
        const birthDate = read.value.birthDates.at(-1) ?? ''
        const sent = await queue.submissions.submit({
          draft,
          coordinator: coordinator.id,
          chat,
          npsn,
          reason: status?.reason ?? 'NEW',
          pupil: { name, nik, birthDate, class: group, ...(status && { citizenship: status.citizenship }) },
          documents: await documentsIn(context, chat),
          findings: [],
          consent: { ...sending!, by: coordinator.id },
          transactionId: draft,
        })
        tickets.push(sent.ticket)
      }
      await queue.close()
      live.close()
      return tickets
    })
  } finally {
    redis.disconnect()
  }
}

/** An album that has come in this chat. */
async function documentsIn(context: Within, chat: string): Promise<StoredDocument[]> {
  const { sealer, blobs, now } = context
  const files = createFiles(context)
  const message = newId()
  return Promise.all(
    (await album()).map(async ({ bytes, type: mediaType }, i) => {
      const id = `${message}-${i}`
      await files.register({ id, chat, channel: 'webchat', message, media: { kind: 'photo', ref: id } })
      await blobs.put(id, bytes)
      const sha256 = sealer.lookup('file', createHash('sha256').update(bytes).digest('hex'))
      await files.settle(id, { state: 'stored', mediaType, bytes: bytes.length, sha256, blob: id })
      return { id, kind: KINDS[i]!, page: i === 3 ? 2 : 1, mediaType, blob: id, at: now(), findings: [] }
    }),
  )
}
