import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { connectDatabase } from '../../src/models/store/connect.ts'
import { lookModel } from '../../src/models/file/looks.ts'
import { startService } from '../e2e/support/service.ts'
import { quarters } from './heic.ts'
import { freshDatabaseUri } from '../support/stores.ts'

/** The service as it is installed where some packages have no build for the platform. */
async function installedWithout(...missing: readonly string[]): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'smart-kids-without-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  for (const part of ['src', 'office', 'package.json']) await cp(part, join(root, part), { recursive: true })
  await mkdir(join(root, 'node_modules'))
  for (const name of await readdir('node_modules')) {
    if (!missing.includes(name)) await symlink(resolve('node_modules', name), join(root, 'node_modules', name))
  }
  return root
}

test('where parts are not installed the service starts, is ready and names them, and blames no file', async () => {
  const root = await installedWithout('onnxruntime-node', 'libheif-js')
  const mongodbUri = freshDatabaseUri()
  const password = 'rahasia-contoh-2026'
  const service = await startService(
    {
      DATA_DIR: join(root, 'data'),
      MONGODB_URI: mongodbUri,
      REDIS_URL: inject('redisUrl'),
      ADMIN_USERNAME: 'penyelia',
      ADMIN_PASSWORD: password,
      MEDIA: 'look',
    },
    root,
  )
  onTestFinished(() => service.kill())
  await service.ready()
  const media = async (): Promise<unknown> => {
    const answer = await fetch(`${service.url}/readyz`)
    const { parts } = (await answer.json()) as { parts: Record<string, unknown> }
    return { status: answer.status, media: parts['media'] }
  }
  await expect
    .poll(media, { timeout: 30_000 })
    .toEqual({ status: 200, media: { ready: true, state: 'without heic, reading' } })

  // what the console's banner is drawn from
  const signedIn = await fetch(`${service.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'penyelia', password }),
  })
  const cookie = signedIn.headers.getSetCookie().map((one) => one.split(';')[0] ?? '')
  const office = await fetch(`${service.url}/api/office`, { headers: { cookie: cookie.join('; ') } })
  expect(await office.json()).toMatchObject({ missing: ['heic', 'reading'] })

  // a picture that cannot be opened here is not told as damaged: operators look at it
  const sent = new FormData()
  sent.append('files', new Blob([await quarters()], { type: 'image/heic' }), 'foto.heic')
  expect((await fetch(`${service.url}/demo/chat/wati/messages`, { method: 'POST', body: sent })).status).toBe(202)
  const database = await connectDatabase(mongodbUri)
  onTestFinished(() => database.close())
  const states = async () => (await lookModel(database).find().lean()).map(({ state }) => state)
  await expect.poll(states, { timeout: 30_000 }).toEqual(['failed'])
  expect(await service.stop()).toBe(0)
})
