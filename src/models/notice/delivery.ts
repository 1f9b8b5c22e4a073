/** The closed list of how a send can fail, the same for every channel (design §5). */
export type SendFailure = 'unreachable' | 'throttled' | 'blocked' | 'rejected' | 'misconfigured'
export type DeliveryState = 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed'

/** What a delivery is about, so that the console can show whether a school has heard of it. */
export type DeliverySubject = {
  application?: string
  event?: string
  turn?: string
  seq?: number
  /** An operator's own answer, in this takeover. */
  takeover?: string
  operator?: string
  /** A notice about several applications names the others here. */
  also?: readonly { application: string; event?: string; seq?: number }[]
}
