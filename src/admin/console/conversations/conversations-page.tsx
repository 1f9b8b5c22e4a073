import { useParams } from 'react-router'
import { useLive } from '../client/live.tsx'
import { Empty } from '../parts/empty.tsx'
import { Notice } from '../parts/notice.tsx'
import { clock } from '../words/time.ts'
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
          <Notice tone="offline" title={`Sambungan terputus sejak ${clock(offlineSince)}.`}>
            <p>Jawaban ditahan, yang Anda tulis tetap ada. Konsol mencoba lagi sendiri.</p>
          </Notice>
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
