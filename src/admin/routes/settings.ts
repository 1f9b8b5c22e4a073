import { schoolsByNpsn } from '../../models/school/schools.ts'
import { faultsOf } from '../../config/office-settings.ts'
import type { OfficeSettings } from '../../config/office-settings.ts'
import { logAct } from '../../models/operator/acts.ts'
import { changeSettings, readSettings } from '../../models/office/settings.ts'
import { operatorNames } from '../../models/operator/operators.ts'
import { answers, signedIn } from '../server/answers.ts'
import { PolicyBody, PolicyPreview, SettingsBody, SettingsView } from '../contract/settings.ts'
import type { AdminDeps, App } from '../deps.ts'
import { settingChange } from '../views/setting-change.ts'
import { given } from '../views/given.ts'
import { ProblemError } from '../server/problems.ts'

/** What supervisors change while the service runs: holidays, reasons of a return, the policy of the queue. */
export function settingsRoutes(app: App, deps: AdminDeps): void {
  const { database, office, queue, live, now } = deps
  async function view(): Promise<SettingsView> {
    const { rev, by, at } = await readSettings(database)
    const names = by === undefined ? undefined : await operatorNames(deps, [by])
    return {
      rev,
      holidays: office.current().hours.holidays.map(({ date, name }) => ({ date, name })),
      returnReasons: office.current().returnReasons.map(({ place, asks, retired, ...reason }) => ({
        ...reason,
        asks: [...asks],
        ...given({ place, retired }),
      })),
      fairness: { policy: office.current().fairness.policy, batch: office.current().fairness.batch },
      ...(by === undefined || at === undefined ? {} : { changed: { by: names?.get(by) ?? by, at: at.toISOString() } }),
    }
  }

  app.get('/settings', { schema: { response: answers({ 200: SettingsView }) } }, view)

  app.put(
    '/settings',
    { schema: { body: SettingsBody, response: answers({ 200: SettingsView }) } },
    async (request) => {
      const { rev, ...change } = request.body
      const by = signedIn(request).id
      const issues = faultsOf(office.current(), change as OfficeSettings)
      if (issues.length > 0) throw new ProblemError('invalid', { issues })
      const before = await readSettings(database)
      const settings = { ...(before.settings as OfficeSettings), ...given(change) }
      if (before.rev !== rev || !(await changeSettings(database, rev, { by, at: now(), settings }))) {
        throw new ProblemError('conflict', { detail: 'Pengaturan sudah diubah orang lain. Muat ulang dahulu.' })
      }
      const was = await view()
      // other processes look for themselves within seconds
      office.adopt(settings as OfficeSettings)
      for (const subject of Object.keys(given(change))) {
        const detail = settingChange(was[subject as keyof OfficeSettings], change[subject as keyof typeof change])
        await logAct(database, { at: now(), by, act: 'settings-change', subject, detail })
      }
      live.publish({ type: 'settings' })
      return view()
    },
  )

  app.post(
    '/settings/fairness-preview',
    { schema: { body: PolicyBody, response: answers({ 200: PolicyPreview }) } },
    async (request) => {
      const { files, present, wished } = await queue.policies.preview(request.body)
      const names = await schoolsByNpsn(
        database,
        present.map((school) => school.npsn),
      )
      return {
        files,
        schools: present.flatMap(({ npsn, files: count, first, last }) => {
          const other = wished.find((school) => school.npsn === npsn)
          if (!other) return []
          return [
            {
              school: { npsn, name: names.get(npsn)?.name ?? npsn },
              files: count,
              present: { first, last },
              wished: { first: other.first, last: other.last },
            },
          ]
        }),
      }
    },
  )
}
