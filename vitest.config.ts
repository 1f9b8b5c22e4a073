import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'
import type { TestSpecification } from 'vitest/node'

/**
 * The long ones first: one that begins last would leave the other workers without work. Files of one project after each
 * other: a worker goes on with the next of its own, with what it has loaded.
 */
const LONGEST_FIRST = [/e2e\/.*crash/, /e2e\//, /browser\//, /(?<!tests\/admin\/.*)\.it\.test/, /\.it\.test/] as const
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST_FIRST.findIndex((pattern) => pattern.test(moduleId))
      return at < 0 ? LONGEST_FIRST.length : at
    }
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}

const common = { environment: 'node' as const, isolate: false, restoreMocks: true, unstubEnvs: true }

const stored = { globalSetup: ['tests/stores.setup.ts'], testTimeout: 60_000, hookTimeout: 60_000 }

// unit: pure, no store. integration, admin: real MongoDB and Redis, started once for each of the two: the engine aborted
// under the databases of both together. browser: Chromium.
export default defineConfig({
  test: {
    // tests wait for others half of their time
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.it.test.ts', 'tests/browser/**'],
          // hundreds of texts through every step, and a linter started: five seconds are few on a machine that is busy
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...common,
          name: 'integration',
          include: ['tests/**/*.it.test.ts'],
          exclude: ['tests/browser/**', 'tests/admin/**'],
          ...stored,
        },
      },
      {
        test: {
          ...common,
          name: 'admin',
          include: ['tests/admin/**/*.it.test.ts'],
          ...stored,
        },
      },
      {
        test: {
          ...common,
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/stores.setup.ts'],
          testTimeout: 90_000,
          // a console on a busy machine is slow, not wrong
          expect: { poll: { timeout: 10_000, interval: 150 } },
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
