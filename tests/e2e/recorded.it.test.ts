import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { FakeBotApi } from '../servers/fake-bot-api.ts'
import { DIALOGUE } from './support/dialogue.ts'
import { signIn } from './support/operator.ts'
import { officeFile } from './support/pace.ts'
import { invite, record } from './support/recording.ts'
import type { Recorded } from './support/recording.ts'
import { freePort, startService } from './support/service.ts'

const FIXTURE = new URL('fixtures/recorded.json', import.meta.url)
const WHO = { username: 'supervisor', password: 'kata-sandi-rekaan' }

/**
 * What the service says in a whole conversation, held against what it said when it was recorded. `RECORD=1` records it
 * anew: only where somebody has changed what is said, never to make a rebuilt way of a turn pass.
 */
test('a school hears at each of ninety steps what it heard when they were recorded', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'smart-kids-recorded-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const platform = new FakeBotApi()
  const root = await platform.open()
  onTestFinished(() => platform.close())
  const port = await freePort()
  const service = await startService({
    PORT: String(port),
    DATA_DIR: dataDir,
    OFFICE_FILE: await officeFile(dataDir, { undoSeconds: 1, filesQuietSeconds: 2 }),
    MEDIA: 'keep',
    // without quiet hours: a notice at night would wait for the morning
    DEMO: '1',
    ADMIN_USERNAME: WHO.username,
    ADMIN_PASSWORD: WHO.password,
    TELEGRAM_BOT_TOKEN: platform.token,
    TELEGRAM_API_ROOT: root,
    TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${port}/telegram/recorded`,
    TELEGRAM_WEBHOOK_SECRET: 'rekaan-secret',
  })
  onTestFinished(() => service.kill())
  await service.ready()

  const office = await signIn(() => [service.url], WHO, AbortSignal.timeout(300_000))
  const recorded = await record(DIALOGUE, { platform, office, code: await invite(office) })
  expect(await service.stop()).toBe(0)
  const told = recorded.reduce((sum, { heard }) => sum + heard.length, 0)
  expect(platform.sent, 'nothing was said that nobody had asked for').toHaveLength(told)

  if (process.env['RECORD']) await writeFile(FIXTURE, `${JSON.stringify(recorded, null, 2)}\n`)
  const before = JSON.parse(await readFile(FIXTURE, 'utf8')) as Recorded[]
  expect(recorded).toEqual(before)
}, 300_000)
