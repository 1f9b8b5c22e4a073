import { Link } from 'react-router'
import type { HistoryView } from '../../../contract/application.ts'
import type { RelatedItem } from '../../../contract/related.ts'
import { useConsents, useDeliveries, useReasonLabels, useReasons, useRelated } from '../../client/case.ts'
import type { Case } from '../../client/case.ts'
import { useMe } from '../../client/session.ts'
import { ProblemNotice } from '../../parts/notices.tsx'
import { Pending, SkeletonRows } from '../../parts/rows.tsx'
import { documentName, kindName } from '../../words/document.ts'
import { changedValue, deliveryState, eventName, fieldName, historyLine, shownHistory } from '../../words/history.ts'
import { stageName } from '../../words/stage.ts'
import { dateOf, moment } from '../../words/time.ts'
import { Consents } from './consents.tsx'
import css from './context-column.module.css'
import { filesOf } from './renewal.ts'

/**
 * What the school wrote and asked for, whether it has heard from us, what has happened so far, who agreed. Where a part is still
 * loading none below it shows yet: what comes would push that down.
 */
export function ContextColumn(props: { shown: Case; reason: string | undefined; readable: boolean }) {
  const { shown, reason, readable } = props
  const me = useMe()
  const now = new Date()
  const labels = useReasonLabels()
  const related = useRelated(shown.id, reason, readable)
  const deliveries = useDeliveries(shown.id)
  const consents = useConsents(shown.id)
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
                  <EntryDetail shown={shown} entry={entry} />
                  {entry.note && <span className={css.note}>“{entry.note}”</span>}
                  <span className={css.under}>{actor(entry.by, me.id)}</span>
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
      {deliveriesKnown && (
        <section>
          <h2>Persetujuan</h2>
          <Consents query={consents} />
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

const how: Record<RelatedItem['by'], string> = { nik: 'NIK sama', kk: 'KK sama', file: 'Foto KK sama' }

/** Brothers and sisters by the family card, and what else was applied for with this NIK. */
function FamilyList(props: { shown: Case; related: ReturnType<typeof useRelated>; readable: boolean }) {
  const { shown, related: query, readable } = props
  const items = query.data?.items ?? []
  const same = items.filter((one) => one.by === 'nik')
  const family = items.filter((one) => one.by !== 'nik')
  return (
    <section>
      <h2>Keluarga dan permohonan lain</h2>
      {!readable ? (
        <p className={css.dim}>Terbuka setelah alasan ditulis.</p>
      ) : query.isError ? (
        <ProblemNotice error={query.error} title="Belum dapat dicari." retry={() => void query.refetch()} />
      ) : !query.data ? (
        <SkeletonRows label="Mencari keluarga dan permohonan lain" short />
      ) : (
        <ul>
          {family.length === 0 && <li className={css.dim}>Tidak ada saudara yang diajukan.</li>}
          {family.map((one) => (
            <Item key={one.id} item={one} npsn={shown.school.npsn} />
          ))}
          {same.length === 0 && <li className={css.dim}>Tidak ada permohonan lain dengan NIK ini.</li>}
          {same.map((one) => (
            <Item key={one.id} item={one} npsn={shown.school.npsn} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Item({ item, npsn }: { item: RelatedItem; npsn: string }) {
  return (
    <li>
      <Link className={css.person} to={`/berkas/${item.id}`}>
        {item.name ?? 'Data sudah dihapus'}
      </Link>
      <span className={css.under}>
        {how[item.by]} · {item.ticket}, {stageName[item.stage].toLowerCase()} {dateOf(item.stageAt)}
        {item.school.npsn !== npsn && ` · ${item.school.name}`}
      </span>
    </li>
  )
}

/** Whether the school has heard from us, and what keeps it from hearing. */
function DeliveryList(props: { deliveries: ReturnType<typeof useDeliveries>; now: Date }) {
  const { deliveries: query, now } = props
  const deliveries = query.data?.items
  if (!deliveries) {
    return <Pending query={query} failed="Kabar tidak dapat dimuat." loading="Memuat kabar ke sekolah" short />
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

type Place = { kind: Parameters<typeof kindName>[0]; page: number } | undefined

/** What a correction changed: each value as it was and as it is, the files that came, and where others now lie. */
function EntryDetail({ shown, entry }: { shown: Case; entry: HistoryView }) {
  const { changes = [], moved = [] } = entry
  const files = entry.action === 'resubmit' ? filesOf(shown, entry) : []
  if (changes.length + moved.length + files.length === 0) return null
  return (
    <dl className={css.changes}>
      {changes.map((change) => (
        <div key={change.field}>
          <dt>{fieldName(change.field)}</dt>
          <dd>
            <del>{changedValue(change, change.before)}</del> <ins>{changedValue(change, change.after)}</ins>
          </dd>
        </div>
      ))}
      {files.length > 0 && (
        <div>
          <dt>Berkas baru</dt>
          <dd>{files.map((one) => documentName(one, shown.documents, 'short')).join(', ')}</dd>
        </div>
      )}
      {moved.map(({ document, from, to }) => (
        <div key={document}>
          <dt>Berkas</dt>
          <dd>
            <del>{placeName(from)}</del> <ins>{placeName(to)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}

const placeName = (place: Place): string => (place ? `${kindName(place.kind)} ${place.page}` : 'murid lain')
