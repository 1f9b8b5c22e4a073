import { Button } from '@mantine/core'
import { useKeptFocus } from '../parts/kept-focus.ts'
import { Notice, ProblemNotice } from '../parts/notices.tsx'
import { NextPage, Pending } from '../parts/rows.tsx'
import { List } from '../parts/table.tsx'
import face from '../parts/text.module.css'
import { fullMoment } from '../words/time.ts'
import css from './oversight-page.module.css'
import { useAlarms, useSeeAlarm } from './oversight.ts'
import type { Alarm } from './oversight.ts'

/** Who has looked at many cases that they did not hold, until a supervisor has asked why; as high with many as with none. */
export function AlarmList() {
  const list = useAlarms()
  const alarms = list.data?.items
  return (
    <section className={css.section}>
      <h2 id="alarms">Peringatan pembacaan</h2>
      <div className={css.box} role="region" tabIndex={0} aria-labelledby="alarms">
        {alarms === undefined ? (
          <Pending query={list} failed="Peringatan tidak dapat dimuat." loading="Memuat peringatan" short />
        ) : (
          <>
            {alarms.length === 0 && <p className={face.dim}>Tidak ada pembacaan yang perlu ditanyakan.</p>}
            <Alarms alarms={alarms} />
            <NextPage
              list={list}
              name="Tampilkan peringatan lagi"
              said={`${alarms.length} dari ${list.data?.last?.total}`}
            />
          </>
        )}
      </div>
    </section>
  )
}

function Alarms({ alarms }: { alarms: readonly Alarm[] }) {
  const see = useSeeAlarm()
  const keepFocus = useKeptFocus(see.isPending)
  return (
    <>
      {see.isError && (
        <div className={css.failed}>
          <ProblemNotice error={see.error} title="Belum ditandai." />
        </div>
      )}
      <List
        className={css.alarms}
        label="Peringatan"
        items={alarms}
        keyOf={(one) => one.id}
        height={{ wide: 114, phone: 174 }}
      >
        {(one, place) => {
          const { name } = one.operator
          return (
            <li {...place}>
              {/* it was raised once, at so many, and counts no further */}
              <Notice tone="heavy" title={`${name} membuka sedikitnya ${one.count} berkas yang bukan pegangannya.`}>
                <p>
                  Dalam {one.minutes} menit sampai {fullMoment(one.at)}. Tanyakan keperluannya, lalu tandai.
                </p>
                <Button
                  aria-label={`Sudah ditindaklanjuti, ${name}`}
                  loading={see.isPending && see.variables === one.id}
                  onClick={() => {
                    keepFocus()
                    see.mutate(one.id)
                  }}
                >
                  Sudah ditindaklanjuti
                </Button>
              </Notice>
            </li>
          )
        }}
      </List>
    </>
  )
}
