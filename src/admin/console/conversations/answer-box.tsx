import { Button } from '@mantine/core'
import { IconPaperclip, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { ChangeEvent, ClipboardEvent } from 'react'
import { useLive } from '../client/live.tsx'
import { newTransaction } from '../client/request.ts'
import { hinted, KeyHint } from '../keys/key-hint.tsx'
import { OFFLINE } from '../keys/table.ts'
import type { Over } from '../keys/table.ts'
import { useKeys } from '../keys/use-keys.ts'
import { ProblemNotice } from '../parts/notices.tsx'
import face from '../parts/text.module.css'
import css from './answer-box.module.css'
import { useAnswer, useKeepPicture, useSavedReplies } from './conversations.ts'

const TYPING_MS = 4000
const MOST_PICTURES = 5

/** Text, pictures and saved replies; Ctrl Enter sends. What is not sent stays, whatever happens. */
export function AnswerBox({ id, onTyping }: { id: string; onTyping: (typing: boolean) => void }) {
  const [draft, setDraft] = useState<AnswerDraft>(() => answerDraftOf(id))
  const [marked, setMarked] = useState(0)
  const [closed, setClosed] = useState(false)
  const transaction = useRef(newTransaction())
  const picker = useRef<HTMLInputElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const answer = useAnswer(id)
  const keep = useKeepPicture(id)
  const { offlineSince } = useLive()
  const all = useSavedReplies().data?.items ?? []
  const typed = /^\/([a-z0-9-]*)$/.exec(draft.text)?.[1]
  const replies = typed === undefined || closed ? [] : all.filter((one) => one.code.startsWith(typed))
  const ready = (draft.text.trim() !== '' || draft.pictures.length > 0) && replies.length === 0

  const change = (next: AnswerDraft) => {
    keepAnswerDraft(id, next)
    setDraft(next)
  }
  useEffect(() => {
    if (draft.text === '') return onTyping(false)
    onTyping(true)
    const rest = setTimeout(() => onTyping(false), TYPING_MS)
    return () => clearTimeout(rest)
  }, [draft.text, onTyping])
  useEffect(() => field.current?.focus(), [])

  const send = () => {
    if (offlineSince) return OFFLINE
    if (answer.isPending) return 'Jawaban sedang dikirim.'
    if (!ready) return 'Tulis jawaban dahulu.'
    const { text, pictures } = draft
    return answer.mutate(
      { text: text.trim(), pictures: pictures.map((one) => one.id), transactionId: transaction.current },
      {
        onSuccess: () => {
          transaction.current = newTransaction()
          change({ text: '', pictures: [] })
        },
      },
    )
  }
  useKeys('talks', { send })

  const add = async (files: readonly File[]) => {
    for (const file of files.slice(0, MOST_PICTURES - draft.pictures.length)) {
      const kept = await keep.mutateAsync(file)
      const now = answerDraftOf(id)
      change({ ...now, pictures: [...now.pictures, { id: kept.id, url: URL.createObjectURL(file) }] })
    }
  }
  const picked = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])]
    event.target.value = ''
    add(files).catch(() => undefined)
  }
  const pasted = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files].filter((file) => file.type.startsWith('image/'))
    if (files.length === 0) return
    event.preventDefault()
    add(files).catch(() => undefined)
  }
  const use = (text: string) => {
    change({ ...draft, text })
    setMarked(0)
    field.current?.focus()
  }
  const mark = (by: 1 | -1) => () => setMarked((now) => (now + by + replies.length) % replies.length)
  useKeys(replies.length > 0 ? 'replies' : undefined, {
    down: mark(1),
    up: mark(-1),
    use: () => use(replies[Math.min(marked, replies.length - 1)]!.text),
    close: () => setClosed(true),
  })

  return (
    <div className={css.box}>
      {replies.length > 0 && typed !== undefined && (
        <SavedReplyList replies={replies} typed={typed} marked={marked} onUse={use} />
      )}
      {answer.isError && (
        <ProblemNotice error={answer.error} title="Belum terkirim. Yang Anda tulis tetap ada." retry={send} />
      )}
      {keep.isError && <ProblemNotice error={keep.error} title="Gambar tidak dapat dipakai." />}
      <textarea
        ref={field}
        aria-label="Jawaban"
        placeholder="Tulis jawaban, atau / untuk balasan tersimpan"
        aria-controls={replies.length > 0 ? 'balasan' : undefined}
        aria-activedescendant={replies.length > 0 ? `balasan-${marked}` : undefined}
        maxLength={3000}
        value={draft.text}
        onChange={(event) => {
          setClosed(false)
          change({ ...draft, text: event.currentTarget.value })
        }}
        onPaste={pasted}
      />
      {draft.pictures.length > 0 && (
        <ul className={css.pictures} aria-label="Gambar yang akan dikirim">
          {draft.pictures.map((one, i) => (
            <li key={one.id}>
              <img src={one.url} alt={`Gambar ${i + 1}`} />
              <button
                type="button"
                aria-label={`Buang gambar ${i + 1}`}
                onClick={() => change({ ...draft, pictures: draft.pictures.filter((other) => other.id !== one.id) })}
              >
                <IconX size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className={css.tools}>
        <input
          ref={picker}
          type="file"
          hidden
          multiple
          aria-label="Pilih gambar"
          accept="image/jpeg,image/png,image/webp"
          onChange={picked}
        />
        <Button
          variant="subtle"
          leftSection={<IconPaperclip size={20} aria-hidden />}
          loading={keep.isPending}
          disabled={draft.pictures.length >= MOST_PICTURES}
          onClick={() => picker.current?.click()}
        >
          Gambar
        </Button>
        {all.length > 0 && (
          <Button
            variant="subtle"
            disabled={draft.text !== '' && typed === undefined}
            rightSection={<KeyHint surface="talks" act="replies" />}
            onClick={() => {
              setClosed(false)
              use('/')
            }}
          >
            Balasan tersimpan
          </Button>
        )}
        <span className={face.fill} />
        <Button
          variant="filled"
          disabled={!ready || offlineSince !== undefined}
          loading={answer.isPending}
          {...hinted('talks', 'send')}
          onClick={send}
        >
          Kirim
        </Button>
      </div>
    </div>
  )
}

/** What an operator has written to a chat and not sent: it outlives a lost chat, an ended session and another page. */
type AnswerDraft = { text: string; pictures: readonly { id: string; url: string }[] }

const EMPTY: AnswerDraft = { text: '', pictures: [] }
const drafts = new Map<string, AnswerDraft>()

/** Kept in memory only: answers are about people, and the machine may be shared. */
export const answerDraftOf = (chat: string): AnswerDraft => drafts.get(chat) ?? EMPTY
const keepAnswerDraft = (chat: string, draft: AnswerDraft): void => void drafts.set(chat, draft)

/** The saved replies whose name begins as typed; arrows mark, Enter takes. */
function SavedReplyList(props: {
  replies: readonly { code: string; text: string }[]
  typed: string
  marked: number
  onUse: (text: string) => void
}) {
  const { replies, typed, marked, onUse } = props
  return (
    <ul
      className={css.list}
      id="balasan"
      role="listbox"
      data-surface={'replies' satisfies Over}
      aria-label="Balasan tersimpan"
    >
      {replies.map((one, i) => (
        <li
          key={one.code}
          id={`balasan-${i}`}
          role="option"
          aria-selected={i === marked}
          // the field keeps the focus
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onUse(one.text)}
        >
          <span className={css.code}>
            <mark>/{typed}</mark>
            {one.code.slice(typed.length)}
          </span>
          <span className={face.cut}>{one.text}</span>
        </li>
      ))}
    </ul>
  )
}
