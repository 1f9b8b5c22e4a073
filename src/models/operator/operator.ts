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
