import { vi } from 'vitest'

/** Waits as long as a busy machine may take until this does not throw; vitest's own second is too short there. */
export function eventually(holds: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(holds, { timeout: 8_000 })
}
