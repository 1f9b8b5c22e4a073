import { useParams } from 'react-router'
import { useLive } from '../client/live.tsx'
import { Empty } from '../parts/rows/empty.tsx'
import { OfflineNotice } from '../parts/offline-notice.tsx'
import { ConversationList } from './conversation-list.tsx'
import { ConversationPane } from './conversation-pane.tsx'
import css from './conversations-page.module.css'

/** Talking with coordinators on the office's one number: who waits, what was said, answering. */
export function ConversationsPage() {
  const { id } = useParams()
  const { offlineSince } = useLive()
  return (
    <main className={css.page}>
      {offlineSince && (
        <div className={css.notice}>
          <OfflineNotice since={offlineSince}>Jawaban ditahan, yang Anda tulis tetap ada.</OfflineNotice>
        </div>
      )}
      <div className={css.columns} data-open={id !== undefined}>
        <ConversationList current={id} />
        {id === undefined ? (
          <div className={css.none}>
            <Empty title="Pilih percakapan">
              <p>Bot menjawab semua koordinator sampai petugas mengambil percakapannya.</p>
            </Empty>
          </div>
        ) : (
          <ConversationPane key={id} id={id} />
        )}
      </div>
    </main>
  )
}
