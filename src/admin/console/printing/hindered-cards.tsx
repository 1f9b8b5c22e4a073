import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { useTransactions } from '../client/queries.ts'
import { AnswerDialog } from '../parts/dialogs.tsx'
import { List } from '../parts/table.tsx'
import face from '../parts/text.module.css'
import { hindranceWords } from '../words/hindrance.ts'
import own from './hindered-cards.module.css'
import css from './printing.module.css'
import { useSendBack } from './printing.ts'
import type { Card } from './printing.ts'

/** Cards that wait and come into no batch today, each with what to do about it. */
export function HinderedCards({ cards }: { cards: readonly Card[] }) {
  const [asked, setAsked] = useState<Card>()
  const sendBack = useSendBack()
  const transactionOf = useTransactions()
  if (cards.length === 0) return null
  const words = asked?.hindrance && hindranceWords[asked.hindrance]
  return (
    <section className={css.part} aria-labelledby="hindered">
      <div className={css.head}>
        <h2 id="hindered">Belum dapat dicetak</h2>
        <p className={css.dim}>{cards.length} keping tidak ikut dalam batch.</p>
      </div>
      <List
        className={css.lines}
        label="Belum dapat dicetak"
        items={cards}
        keyOf={(card) => card.id}
        height={{ wide: 36, phone: 80 }}
      >
        {(card, place) => (
          <li {...place} className={`${css.row} ${own.card}`}>
            <span className={`${css.mono} ${face.mono}`}>{card.ticket}</span>
            <Link className={`${css.name} ${face.name}`} to={`/berkas/${card.id}`}>
              {card.pupil?.name ?? 'Data sudah dihapus'}
            </Link>
            <span className={css.dimCut}>
              {card.school.name}
              {card.pupil?.class && ` · ${card.pupil.class}`}
            </span>
            <span className={css.state}>{card.hindrance && hindranceWords[card.hindrance].why}</span>
            <span className={css.acts}>
              {card.claimedBy ? (
                <span className={css.held}>dipegang {card.claimedBy.name}</span>
              ) : (
                <Button
                  aria-label={`${card.hindrance && hindranceWords[card.hindrance].act} ${card.ticket}`}
                  onClick={() => setAsked(card)}
                >
                  {card.hindrance && hindranceWords[card.hindrance].act}
                </Button>
              )}
            </span>
          </li>
        )}
      </List>
      {asked && words && (
        <AnswerDialog
          title={`${words.act} ${asked.ticket}`}
          explained={`${asked.pupil?.name ?? ''}, ${asked.school.name}. ${words.told}`}
          fields={[]}
          submit={words.act}
          busy={sendBack.isPending}
          error={sendBack.error}
          onSubmit={() =>
            sendBack.mutate(
              { id: asked.id, transactionId: transactionOf(asked.id) },
              { onSuccess: () => setAsked(undefined) },
            )
          }
          onClose={() => {
            setAsked(undefined)
            sendBack.reset()
          }}
        />
      )}
    </section>
  )
}
