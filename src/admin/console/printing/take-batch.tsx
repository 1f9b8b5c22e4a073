import { Button } from '@mantine/core'
import { useState } from 'react'
import { mayPrint, maySign } from '../client/rights.ts'
import { useMe } from '../client/session.ts'
import { AnswerDialog } from '../parts/dialogs.tsx'
import { useTakeBatch } from './printing.ts'
import type { BatchView } from './printing.ts'
import css from './printing.module.css'

/** Goes on with the batch of a colleague who is away; nothing where that is not one's work. */
export function TakeBatch({ batch }: { batch: BatchView }) {
  const { id, roles } = useMe()
  const [asked, setAsked] = useState(false)
  const take = useTakeBatch(batch.number)
  const works = batch.stage === 'printing' ? mayPrint(roles) : maySign(roles)
  if (!works || batch.state === 'closed' || batch.by.id === id) return null
  const { name } = batch.by
  const close = () => {
    setAsked(false)
    take.reset()
  }
  return (
    <>
      <Button className={css.firm ?? ''} onClick={() => setAsked(true)}>
        Ambil alih
      </Button>
      {asked && (
        <AnswerDialog
          title={`Ambil alih batch ${batch.number}?`}
          explained={`${batch.counts.waiting} keping yang belum selesai menjadi pegangan Anda. ${name} tidak dapat melanjutkannya.`}
          fields={[]}
          submit="Ambil alih"
          busy={take.isPending}
          error={take.error}
          onSubmit={() => take.mutate({ from: batch.by.id }, { onSuccess: close })}
          onClose={close}
        />
      )}
    </>
  )
}
