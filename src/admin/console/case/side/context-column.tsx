import type { Case } from '../../client/case.ts'
import { useDeliveries, useReasonLabels, useReasons, useRelated } from '../../client/case.ts'
import { useMe } from '../../client/session.ts'
import { historyLine } from '../../words/history.ts'
import { moment } from '../../words/time.ts'
import css from './context-column.module.css'
import { DeliveryList } from './delivery-list.tsx'
import { EntryDetail } from './entry-detail.tsx'
import { FamilyList } from './family-list.tsx'
import { shownHistory } from './shown-history.ts'

/**
 * What the school wrote and asked for, whether it has heard from us, and what has happened so far. Where a part is still
 * loading none below it shows yet: what comes would push that down.
 */
export function ContextColumn(props: { shown: Case; reason: string | undefined; readable: boolean }) {
  const { shown, reason, readable } = props
  const me = useMe()
  const now = new Date()
  const labels = useReasonLabels()
  const related = useRelated(shown.id, reason, readable)
  const deliveries = useDeliveries(shown.id)
  const wordsKnown = !useReasons().isLoading
  const familyKnown = wordsKnown && !related.isLoading
  const deliveriesKnown = familyKnown && !deliveries.isLoading
  const who = shown.coordinator.name ?? 'Koordinator'

  return (
    <div className={css.context}>
      <section>
        <h2>Pesan sekolah</h2>
        {shown.messages.length === 0 && <p className={css.dim}>Tidak ada pesan.</p>}
        {shown.messages.map((message) => (
          <p key={message.at} className={css.quote}>
            “{message.text}”
            <span>
              {who}, {moment(message.at, now)}
            </span>
          </p>
        ))}
      </section>
      {wordsKnown && shown.returnReasons && shown.returnReasons.length > 0 && (
        <section>
          <h2>Diminta diperbaiki</h2>
          <ul>
            {shown.returnReasons.map((code) => (
              <li key={code}>{labels.get(code) ?? code}</li>
            ))}
          </ul>
          {shown.returnNote && <p className={css.quote}>{shown.returnNote}</p>}
        </section>
      )}
      {wordsKnown && <FamilyList shown={shown} related={related} readable={readable} />}
      {familyKnown && (
        <section>
          <h2>Kabar ke sekolah</h2>
          <DeliveryList deliveries={deliveries} now={now} />
        </section>
      )}
      {deliveriesKnown && (
        <section>
          <h2>Riwayat</h2>
          <ol>
            {shownHistory(shown.history).map(({ entry, idle }) => (
              <li key={entry.seq} className={css.timed}>
                <span className={css.dim}>{moment(entry.at, now)}</span>
                <span>
                  {historyLine(entry, labels)}
                  {idle !== undefined && (idle === 1 ? ', tidak dikerjakan' : `, ${idle} kali tidak dikerjakan`)}
                  <EntryDetail entry={entry} />
                  {entry.note && <span className={css.note}>“{entry.note}”</span>}
                  <span className={css.under}>{actor(entry.by, me.id)}</span>
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  )
}

function actor(by: Case['history'][number]['by'], me: string): string {
  if (by.kind === 'system') return 'Sistem'
  if (by.id === me) return 'Anda'
  return by.name ?? (by.kind === 'operator' ? 'Operator' : 'Koordinator')
}
