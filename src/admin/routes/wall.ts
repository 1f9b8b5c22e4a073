import { schoolsByNpsn } from '../../models/school/schools.ts'
import { answers } from '../server/answers.ts'
import { WallView } from '../contract/wall.ts'
import type { AdminDeps, App } from '../deps.ts'
import { given } from '../views/given.ts'

/** What hangs on the office's wall. */
export function wallRoutes(app: App, { database, queue, now }: AdminDeps): void {
  app.get('/wall', { schema: { response: answers({ 200: WallView }) } }, async () => {
    const wall = await queue.wall.read()
    const names = await schoolsByNpsn(
      database,
      wall.schools.map((school) => school.npsn),
    )
    return {
      ...wall,
      at: now().toISOString(),
      stages: wall.stages.map(({ oldestAt, ...stage }) => ({
        ...stage,
        ...given({ oldestAt: oldestAt?.toISOString() }),
      })),
      hours: [...wall.hours],
      schools: wall.schools.map(({ npsn, ...numbers }) => ({
        ...numbers,
        school: { npsn, name: names.get(npsn)?.name ?? npsn },
      })),
    }
  })
}
