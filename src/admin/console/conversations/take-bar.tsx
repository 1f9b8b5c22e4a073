import { Button } from '@mantine/core'
import { IconLock, IconRobot } from '@tabler/icons-react'
import { isProblem } from '../client/request.ts'
import { hinted } from '../keys/key-hint.tsx'
import { useKeys } from '../keys/use-keys.ts'
import { Notice, ProblemNotice } from '../parts/notices.tsx'
import { clock } from '../words/time.ts'
import { answerDraftOf } from './answer-box.tsx'
import css from './conversations-page.module.css'
import { useTurnover } from './conversations.ts'
import type { Conversation } from './conversations.ts'

/**
 * Who answers this chat: the bot, I, or a colleague; and the one button that changes it. `readable`: it is my work, or I
 * have given a `reason`; who takes it opens it.
 */
export function TakeBar(props: { shown: Conversation; mine: boolean; readable: boolean; reason: string | undefined }) {
  const { shown, mine, readable, reason } = props
  const turnover = useTurnover(shown.id)
  const { takeover } = shown
  const take = () => turnover.mutate({ what: 'take', reason })
  const handBack = () => turnover.mutate({ what: 'hand-back' })
  useKeys('talks', {
    ...(mine && { handBack }),
    take: takeover
      ? mine
        ? 'Anda sudah menjawab percakapan ini.'
        : `${takeover.by.name} menjawab percakapan ini.`
      : readable
        ? () => (turnover.isPending ? 'Percakapan sedang diambil.' : take())
        : 'Tulis alasan membaca terlebih dahulu.',
  })
  const kept = answerDraftOf(shown.id)
  const problem = turnover.error
  return (
    <div>
      {mine && takeover && (
        <div className={css.takeBar} data-mine="true">
          <IconLock size={16} aria-hidden />
          <p className={css.words}>
            <b>Hanya Anda yang menjawab.</b>
            <span>
              Bot kembali setelah {shown.minutes} menit tanpa jawaban, pukul {clock(takeover.until)}.
            </span>
          </p>
          <Button onClick={handBack} loading={turnover.isPending} {...hinted('talks', 'handBack')}>
            Serahkan ke bot
          </Button>
        </div>
      )}
      {!mine && takeover && (
        <div className={css.takeBar}>
          <IconLock size={16} aria-hidden />
          <p className={css.words}>
            <b>{takeover.by.name} menjawab.</b>
            <span>Sejak {clock(takeover.at)}. Anda dapat membaca, tidak menjawab.</span>
          </p>
          {shown.mayTakeOver && (
            <Button onClick={() => turnover.mutate({ what: 'take-over' })} loading={turnover.isPending}>
              Ambil alih
            </Button>
          )}
        </div>
      )}
      {!takeover && (
        <div className={css.takeBar}>
          <IconRobot size={16} aria-hidden />
          <p className={css.words}>
            <b>{shown.asked ? `Minta petugas sejak ${clock(shown.asked.since)}.` : 'Bot menjawab.'}</b>
            <span>Bila Anda ambil, bot menepi dan koordinator diberi tahu. Draf tetap.</span>
          </p>
          {readable && (
            <Button variant="filled" onClick={take} loading={turnover.isPending} {...hinted('talks', 'take')}>
              Ambil percakapan
            </Button>
          )}
        </div>
      )}
      {!mine && (kept.text !== '' || kept.pictures.length > 0) && (
        <Notice tone="note" title="Yang Anda tulis tetap ada">
          <p>{kept.text === '' ? `${kept.pictures.length} gambar` : kept.text}</p>
        </Notice>
      )}
      {problem && !isProblem(problem, 'conflict') && (
        <ProblemNotice error={problem} title="Percakapan tidak dapat diambil atau diserahkan." />
      )}
      {isProblem(problem, 'conflict') && takeover && !mine && (
        <Notice tone="check" title={`Sudah diambil ${takeover.by.name}.`} urgent>
          <p>Tidak ada yang dikirim ke koordinator.</p>
        </Notice>
      )}
    </div>
  )
}
