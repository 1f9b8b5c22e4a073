import { expect, test } from 'vitest'
import { createLog } from '../../../src/config/log.ts'
import { createTurnFiles } from '../../../src/conversation/talk/turn-files.ts'

test('of files that turns went on without, one that cannot be told keeps no other from it, and one that waits is left', async () => {
  const told: string[] = []
  const files = createTurnFiles({
    files: {
      asTurnFiles: async (ids) => ids.map((id) => ({ id, state: id === 'waits' ? 'waiting' : 'stored' })),
    },
    turns: {
      async awaitingFile(file) {
        if (file === 'broken') throw new Error('the store is away')
        return { turn: 'chat.1', chat: 'chat' }
      },
      fileTold: async () => undefined,
    },
    inbox: {
      async tell(_chat, key) {
        told.push(key)
        return true
      },
    },
    jobs: { hint: (kind, id) => void told.push(`${kind} ${id}`) },
    log: createLog('silent'),
  })
  await files.recheck(['broken', 'waits', 'there'])
  expect(told).toEqual(['file/there', 'mailbox chat'])
})
