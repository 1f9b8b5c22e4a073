import { expect, test } from 'vitest'
import { createLog } from '../../src/config/log.ts'

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let out = ''
  write(createLog('debug', { write: (line) => void (out += line) }))
  return out
}

test('an error is logged by kind and place, never by its message, which may quote a person', () => {
  const cause = Object.assign(new Error('E11000 dup key: { nik: "6311060107150001" }'), { code: 11000 })
  const out = logged((log) => log.error({ err: new Error('Ahmad Fikri Contoh failed', { cause }) }, 'write failed'))
  expect(out).not.toMatch(/6311060107150001|Ahmad/)
  expect(out).toMatch(/11000/)
  expect(out).toMatch(/log\.test\.ts/)
})
