import { ActionIcon } from '@mantine/core'
import { IconArrowLeft, IconInfoCircle, IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { Link, useLocation, useParams } from 'react-router'
import { useLive } from '../client/live.tsx'
import { useMe } from '../client/session.ts'
import { OperatorMark } from '../parts/marks.tsx'
import { OfflineNotice, ReasonGate } from '../parts/notices.tsx'
import { Empty, Pending } from '../parts/rows.tsx'
import { channelName } from '../words/people.ts'
import { AboutColumn } from './about-column.tsx'
import { AnswerBox } from './answer-box.tsx'
import { ConversationList } from './conversation-list.tsx'
import css from './conversations-page.module.css'
import { sayPresent, useConversation, useOthers } from './conversations.ts'
import { TakeBar } from './take-bar.tsx'
import { TranscriptLog, TranscriptSearch } from './transcript-log.tsx'

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

/** One opened chat: what was said, who answers, and the box to answer in while it is mine. */
function ConversationPane({ id }: { id: string }) {
  const me = useMe()
  const query = useConversation(id)
  const [typing, setTyping] = useState(false)
  const [searching, setSearching] = useState(false)
  const [about, setAbout] = useState(false)
  const [reason, setReason] = useState<string>()
  const { search, hash } = useLocation()
  const others = useOthers(id, typing).data?.others ?? []
  useEffect(() => () => void sayPresent(id, 'gone').catch(() => undefined), [id])

  const shown = query.data
  if (!shown) {
    return <Pending query={query} failed="Percakapan tidak dapat dimuat." loading="Memuat percakapan" />
  }
  const name = shown.coordinator?.name ?? 'Belum terdaftar'
  const mine = shown.takeover?.by.id === me.id
  const readable = shown.mayRead || reason !== undefined
  // what is one's own work is no longer read for that reason
  const given = shown.mayRead ? undefined : reason
  const where = [shown.school?.name, [channelName(shown.channel), shown.phone].filter(Boolean).join(' ')]
  return (
    <div className={css.pane} data-about={about}>
      <section className={css.talk} aria-label={`Percakapan dengan ${name}`}>
        <header className={css.bar}>
          <Link className={css.back} to={{ pathname: '/percakapan', search, hash }} aria-label="Ke daftar percakapan">
            <IconArrowLeft size={20} aria-hidden />
          </Link>
          <div className={css.who}>
            <h2>{name}</h2>
            <p>{where.filter(Boolean).join(' · ')}</p>
          </div>
          <div className={css.others} role="status">
            {others.map((one) => (
              <span key={one.id}>
                <OperatorMark name={one.name} /> {one.name} {one.typing ? 'sedang menulis' : 'ikut melihat'}
              </span>
            ))}
          </div>
          <ActionIcon
            aria-label="Cari dalam percakapan"
            aria-pressed={searching}
            onClick={() => setSearching((now) => !now)}
          >
            <IconSearch size={20} aria-hidden />
          </ActionIcon>
          <ActionIcon
            className={css.toggle ?? ''}
            aria-label="Tentang koordinator"
            aria-pressed={about}
            onClick={() => setAbout((now) => !now)}
          >
            <IconInfoCircle size={20} aria-hidden />
          </ActionIcon>
        </header>
        <TakeBar shown={shown} mine={mine} readable={readable} reason={given} />
        {!readable ? (
          <ReasonGate
            title="Percakapan ini bukan pekerjaan Anda sekarang"
            submit="Buka percakapan"
            onGiven={setReason}
          />
        ) : searching ? (
          <TranscriptSearch id={id} name={name} reason={given} onClose={() => setSearching(false)} />
        ) : (
          <TranscriptLog id={id} name={name} reason={given} />
        )}
        {mine && <AnswerBox id={id} onTyping={setTyping} />}
      </section>
      <AboutColumn shown={shown} />
    </div>
  )
}
