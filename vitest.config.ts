import { defineConfig } from 'vitest/config'

const common = { environment: 'node' as const, restoreMocks: true, unstubEnvs: true }

// unit: pure, no store. integration: real MongoDB and Redis, started once for the run. browser: Chromium.
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.it.test.ts', 'tests/browser/**'],
        },
      },
      {
        test: {
          ...common,
          name: 'integration',
          include: ['tests/**/*.it.test.ts'],
          exclude: ['tests/browser/**'],
          globalSetup: ['tests/stores.setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
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
          expect: { poll: { timeout: 10_000 } },
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
