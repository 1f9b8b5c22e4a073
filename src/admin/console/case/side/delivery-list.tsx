import type { useDeliveries } from '../../client/case.ts'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { SkeletonRows } from '../../parts/rows/skeleton-rows.tsx'
import { deliveryState, eventName } from '../../words/history.ts'
import { moment } from '../../words/time.ts'
import css from './context-column.module.css'

/** Whether the school has heard from us, and what keeps it from hearing. */
export function DeliveryList(props: { deliveries: ReturnType<typeof useDeliveries>; now: Date }) {
  const { deliveries: query, now } = props
  const deliveries = query.data?.items
  if (!deliveries) {
    return query.isError ? (
      <ProblemNotice error={query.error} title="Kabar tidak dapat dimuat." retry={() => void query.refetch()} />
    ) : (
      <SkeletonRows label="Memuat kabar ke sekolah" short />
    )
  }
  if (deliveries.length === 0) return <p className={css.dim}>Belum ada kabar yang dikirim.</p>
  return (
    <ul>
      {deliveries.map((delivery) => (
        <li key={delivery.id} className={css.timed}>
          <span className={css.dim}>{moment(delivery.at, now)}</span>
          <span>
            {eventName(delivery.event)}
            <span className={css.under} data-failed={delivery.state === 'failed'}>
              {deliveryState(delivery)}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
