import { Button } from '@mantine/core'
import { useAlarms, useSeeAlarm } from '../client/oversight.ts'
import type { Alarm } from '../client/oversight.ts'
import { NextPage } from '../parts/next-page.tsx'
import { Notice } from '../parts/notice.tsx'
import { ProblemNotice } from '../parts/problem-notice.tsx'
import { rowPlace, useDrawnRows } from '../parts/use-drawn-rows.ts'
import { fullMoment } from '../words/time.ts'
import css from './alarm-list.module.css'

const NONE: readonly Alarm[] = []

/** Who has looked at many cases that they did not hold, until a supervisor has asked why. */
export function AlarmList() {
  const list = useAlarms()
  const see = useSeeAlarm()
  const alarms = list.data?.items ?? NONE
  const drawn = useDrawnRows<HTMLUListElement>(
    alarms.map((one) => one.id),
    { wide: 130, phone: 150 },
  )
  if (list.isError) {
    return <ProblemNotice error={list.error} title="Peringatan tidak dapat dimuat." retry={() => void list.refetch()} />
  }
  if (alarms.length === 0) return null
  return (
    <>
      <ul className={css.alarms} aria-label="Peringatan" {...drawn.list} style={{ paddingBottom: drawn.after }}>
        {drawn.rows.map((line) => {
          const one = alarms[line.index]!
          return (
            <li key={one.id} {...rowPlace(line, alarms.length)}>
              <Notice tone="heavy" title={`${one.operator.name} membuka ${one.count} berkas yang bukan pegangannya.`}>
                <p>
                  Dalam {one.minutes} menit sampai {fullMoment(one.at)}. Tanyakan keperluannya, lalu tandai.
                </p>
                <Button loading={see.isPending && see.variables === one.id} onClick={() => see.mutate(one.id)}>
                  Sudah ditindaklanjuti
                </Button>
              </Notice>
            </li>
          )
        })}
      </ul>
      <NextPage list={list} name="Tampilkan peringatan lagi" said={`${alarms.length} dari ${list.data?.last?.total}`} />
    </>
  )
}
