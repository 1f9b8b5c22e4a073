import { readFileSync, globSync } from 'node:fs'
import { ACTIONS } from '../../../src/models/application/transitions.ts'

/** Failpoints whose name is put together in the source, by hand. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  'application.${move.action}': ACTIONS.map((action) => `application.${action}`),
  'coordinator.${event.action}': ['approve', 'suspend', 'reinstate', 'move'].map((action) => `coordinator.${action}`),
}

/** Every failpoint that the sources name, so that a new write is covered by itself. Throws for an unknown template. */
export function discoverFailpoints(): string[] {
  const names = new Set<string>()
  for (const file of globSync('src/**/*.ts')) {
    for (const [, quoted, template] of readFileSync(file, 'utf8').matchAll(/guarded\(\s*(?:'([^']+)'|`([^`]+)`)/g)) {
      if (quoted) names.add(quoted)
      if (!template) continue
      const expanded = TEMPLATES[template]
      if (!expanded) throw new Error(`name the failpoints of ${template} in tests/e2e/support/failpoints.ts`)
      for (const name of expanded) names.add(name)
    }
  }
  return [...names].toSorted()
}
