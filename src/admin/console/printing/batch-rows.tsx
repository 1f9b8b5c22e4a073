import { Button, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { CANCEL } from '../../../models/application/doubts.ts'
import { ConfirmLine, useConfirm } from '../case/page/confirm.tsx'
import { deeds } from '../client/deeds.ts'
import { newTransaction } from '../client/request.ts'
import { useMe } from '../client/session.ts'
import { hinted, KeyHint } from '../keys/key-hint.tsx'
import { useKeys } from '../keys/use-keys.ts'
import { Dialog } from '../parts/dialogs.tsx'
import { PlainBadge } from '../parts/marks.tsx'
import { ProblemNotice } from '../parts/notices.tsx'
import { Pending } from '../parts/rows.tsx'
import { useNow } from '../parts/surroundings.ts'
import { List } from '../parts/table.tsx'
import { useAllReturning, useOffer } from '../shell/undo.tsx'
import { moment } from '../words/time.ts'
import { asksToCancel, BatchRow } from './batch-row.tsx'
import { TakeBatch } from './take-batch.tsx'
import { PortraitSheet } from './portrait-sheet.tsx'
import face from '../parts/text.module.css'
import css from './printing.module.css'
import { useBatch, useCloseBatch, usePortraitSheet, useRowAct } from './printing.ts'
import type { BatchRow as Row, BatchRowBody, PrintingView } from './printing.ts'

/**
 * The cards of one batch; P notes the one under the mark as printed, S as come out wrong. `made`: I have just made it, far
 * below what I was looking at.
 */
export function BatchRows(props: { number: number; made: boolean; reasons: PrintingView['reasons'] }) {
  const { number, made, reasons } = props
  const me = useMe()
  const now = useNow(60_000)
  const query = useBatch(number)
  const act = useRowAct(number)
  const undo = useRowAct(number)
  const offer = useOffer()
  const close = useCloseBatch(number)
  const sheet = usePortraitSheet()
  const [marked, setMarked] = useState<string>()
  const [wrong, setWrong] = useState<Row>()
  /** Rows as they were before they were marked: what is being taken back is that again. */
  const [former, setFormer] = useState<ReadonlyMap<string, Row>>(new Map())
  const returning = useAllReturning()
  const batch = query.data
  const heading = useRef<HTMLHeadingElement>(null)
  const here = batch !== undefined
  useEffect(() => {
    if (!made || !here) return
    heading.current?.focus({ preventScroll: true })
    heading.current?.scrollIntoView({ block: 'start' })
  }, [made, here])
  const rows = (batch?.rows ?? []).map((row) => (returning.has(row.item.id) && former.get(row.item.id)) || row)
  const mine = batch?.by.id === me.id && batch.state === 'open'
  const isDue = (row: Row) => row.state === 'waiting' && row.holds
  const current = mine ? (rows.find((row) => row.item.id === marked) ?? rows.find(isDue)) : undefined
  const asking = current && isDue(current) && asksToCancel(current)
  const confirm = useConfirm(current?.item.id, asking ? [CANCEL] : [])
  /** A mark on a row, which can be taken back from now on. */
  const mark = (row: Row, body: Exclude<BatchRowBody, { act: 'retake' | 'undo' }>, words: string) => {
    const { id, ticket } = row.item
    const { transactionId: transaction } = body
    const answer = act.mutateAsync({ id, ...body })
    setFormer((all) => new Map(all).set(id, row))
    const deed = offer({
      transaction,
      subject: id,
      name: ticket,
      words: `${ticket} ${words}`,
      answer,
      back: () => setMarked(id),
      undo: async () => {
        await undo.mutateAsync({ id, act: 'undo', transactionId: transaction })
      },
    })
    void answer.then(
      () => !deed.takenBack && setMarked(rows.slice(rows.indexOf(row) + 1).find(isDue)?.item.id),
      () => deeds.drop(deed),
    )
  }
  const done = (row: Row) => {
    if (act.isPending && !returning.has(row.item.id)) return 'Kartu sebelumnya sedang dicatat.'
    const words = batch?.stage === 'printing' ? 'tercetak' : 'ditandatangani'
    return confirm.ask((despite) =>
      mark(
        row,
        { act: 'done', transactionId: newTransaction(), ...(despite.length > 0 && { despite: [...despite] }) },
        words,
      ),
    )
  }
  const retake = (row: Row) => {
    if (act.isPending) return
    const onSuccess = () => setMarked(row.item.id)
    act.mutate({ id: row.item.id, act: 'retake', transactionId: newTransaction() }, { onSuccess })
  }
  const canSpoil = (row: Row) => isDue(row) || row.state === 'done'
  const step = (by: 1 | -1) => {
    const at = rows.findIndex((row) => row === current)
    setMarked(rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.item.id)
  }
  const none = 'Tidak ada kartu yang bisa dicatat: pilih dengan J dan K.'
  useKeys(
    'printing',
    mine
      ? {
          done: current && isDue(current) ? () => done(current) : none,
          misprint: batch.stage === 'printing' && current && canSpoil(current) ? () => setWrong(current) : none,
          down: () => step(1),
          up: () => step(-1),
        }
      : {},
  )

  if (!batch) {
    return <Pending query={query} failed="Batch tidak dapat dimuat." loading="Memuat batch" />
  }
  const { missed, waiting } = batch.counts
  const printed = batch.stage === 'printing'
  return (
    <section className={css.part} aria-labelledby="batch-rows">
      <div className={css.head} data-made={made}>
        <h2 id="batch-rows" ref={heading} tabIndex={-1}>
          Batch {number}
        </h2>
        {made && <PlainBadge>baru dibuat</PlainBadge>}
        <p className={css.dim} aria-live="polite">
          {[
            ...(missed > 0 ? [`${missed} keping dipegang operator lain`] : []),
            ...(batch.state === 'closed'
              ? ['sudah ditutup']
              : mine
                ? []
                : [`dikerjakan ${batch.by.name} sejak ${moment(batch.at, now)}`]),
          ].join(' · ')}
        </p>
        <span className={face.fill} />
        {printed && (
          <PortraitSheet
            make={sheet}
            applications={rows.filter((row) => row.state !== 'missed').map((row) => row.item.id)}
            name={`pas-foto-batch-${number}`}
          />
        )}
        <TakeBatch batch={batch} />
        {mine && (
          <>
            <span className={css.keys} aria-hidden="true">
              {printed ? 'Tercetak' : 'Ditandatangani'} <KeyHint surface="printing" act="done" />
              {printed && (
                <>
                  Salah cetak <KeyHint surface="printing" act="misprint" />
                </>
              )}
            </span>
            <Button className={css.firm ?? ''} loading={close.isPending} onClick={() => close.mutate()}>
              {waiting > 0 ? `Tutup, lepas ${waiting}` : 'Tutup batch'}
            </Button>
          </>
        )}
      </div>
      {(act.isError || close.isError) && (
        <ProblemNotice error={act.error ?? close.error} title="Belum tercatat." retry={() => void query.refetch()} />
      )}
      {sheet.isError && <ProblemNotice error={sheet.error} title="Lembar pas foto belum dibuat." />}
      <List
        ordered
        className={css.lines}
        items={rows}
        keyOf={(row) => row.item.id}
        height={{ wide: 36, phone: 80 }}
        show={marked}
      >
        {(row, place) => (
          <BatchRow
            row={row}
            place={place}
            printed={printed}
            current={row === current}
            mine={mine}
            reason={reasons.find((one) => one.code === row.reason)?.label ?? ''}
            onMark={() => setMarked(row.item.id)}
            onDone={() => done(row)}
            onWrong={() => setWrong(row)}
            onRetake={() => retake(row)}
          />
        )}
      </List>
      <div className={css.asks}>
        <ConfirmLine
          question={confirm.question}
          button={printed ? 'Tercetak' : 'Ditandatangani'}
          press="P"
          to={`bila sudah ${printed ? 'tercetak' : 'ditandatangani'}. Bila belum, lewati: setelah batch ditutup, permohonannya dapat dibatalkan`}
        />
      </div>
      {wrong && (
        <MisprintDialog
          row={wrong}
          reasons={reasons}
          busy={act.isPending}
          onClose={() => setWrong(undefined)}
          onChoose={(reason, note) => {
            const said = note === '' ? {} : { note }
            mark(wrong, { act: 'misprint', reason, transactionId: newTransaction(), ...said }, 'salah cetak')
            setWrong(undefined)
          }}
        />
      )}
    </section>
  )
}

type Reasons = PrintingView['reasons']

/** Why the card came out wrong: one key, or a click. A note first, where there is something to say. */
function MisprintDialog(props: {
  row: Row
  reasons: Reasons
  busy: boolean
  onChoose: (reason: Reasons[number]['code'], note: string) => void
  onClose: () => void
}) {
  const { row, reasons, busy, onChoose, onClose } = props
  const [note, setNote] = useState('')
  const choose = (reason: Reasons[number]) => {
    if (!busy) onChoose(reason.code, note.trim())
  }
  useKeys('misprint', {
    reason: (key) => {
      const reason = reasons[Number(key) - 1]
      return reason ? choose(reason) : `Tidak ada alasan ${key}.`
    },
  })
  return (
    <Dialog surface="misprint" onClose={onClose} title={`Salah cetak ${row.item.ticket}`}>
      <div className={css.reasons}>
        <p className={css.dim}>Satu blangko terpakai. Kartu dapat dicetak ulang dalam batch ini.</p>
        {reasons.map((reason, i) => (
          <Button
            key={reason.code}
            size="md"
            justify="space-between"
            disabled={busy}
            {...hinted('misprint', 'reason', i)}
            {...(i === 0 ? { 'data-autofocus': true } : {})}
            onClick={() => choose(reason)}
          >
            {reason.label}
          </Button>
        ))}
        <TextInput
          label="Keterangan, bila perlu"
          maxLength={200}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </div>
    </Dialog>
  )
}
