import type { Role } from '../application/transitions.ts'

export type Operator = {
  id: string
  username: string
  name: string
  roles: readonly Role[]
  active: boolean
  mustChangePassword: boolean
  /** A code of an app is asked for at sign-in. */
  secondFactor: boolean
}

/** Who answers what coordinators ask of the office. */
export const DESK = ['supervisor', 'verifikator', 'loket'] as const satisfies readonly Role[]
