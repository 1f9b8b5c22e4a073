import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { SubmitEvent } from 'react'
import { useLocation } from 'react-router'
import { DateField } from '../parts/date-field.tsx'
import { ProblemNotice } from '../parts/notices.tsx'
import { useNow } from '../parts/surroundings.ts'
import face from '../parts/text.module.css'
import { birthDay, isoDay } from '../words/time.ts'
import css from './settings.module.css'
import { useChangeSettings } from './settings.ts'
import type { SettingsView } from './settings.ts'

const MINUTE_MS = 60_000

/** Days on which the office is closed: promises and estimates leave them out. Those that are over are folded away. */
export function Holidays({ settings }: { settings: SettingsView }) {
  const change = useChangeSettings()
  const [date, setDate] = useState('')
  const [name, setName] = useState('')
  const { rev, holidays } = settings
  const today = isoDay(useNow(MINUTE_MS))
  const over = holidays.filter((one) => one.date < today)
  const known = holidays.some((one) => one.date === date)
  const ready = /^\d{4}-\d\d-\d\d$/.test(date) && name.trim().length >= 3 && !known

  // whoever comes to carry the list on is where the next day is typed, below the last one that is known
  const next = useRef<HTMLInputElement>(null)
  const { hash, key } = useLocation()
  useEffect(() => {
    if (hash === '#holidays') next.current?.focus()
  }, [hash, key])

  const add = (event: SubmitEvent) => {
    event.preventDefault()
    if (!ready) return
    const all = [...holidays, { date, name: name.trim() }].toSorted((a, b) => a.date.localeCompare(b.date))
    change.mutate(
      { rev, holidays: all },
      {
        onSuccess() {
          setDate('')
          setName('')
        },
      },
    )
  }
  const listed = (days: SettingsView['holidays']) => (
    <ul className={css.list}>
      {days.map((one) => (
        <li key={one.date}>
          <span className={css.day}>{birthDay(one.date)}</span>
          <span className={face.grow}>{one.name}</span>
          <ActionIcon
            aria-label={`Hapus ${one.name}, ${birthDay(one.date)}`}
            disabled={change.isPending}
            onClick={() => change.mutate({ rev, holidays: holidays.filter((other) => other !== one) })}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ul>
  )
  return (
    <section aria-labelledby="holidays">
      <h2 id="holidays">Hari libur</h2>
      {change.isError && <ProblemNotice error={change.error} title="Belum tersimpan." />}
      {over.length > 0 && (
        <details className={css.over}>
          <summary>{over.length} hari yang sudah lewat</summary>
          {listed(over)}
        </details>
      )}
      {listed(holidays.filter((one) => one.date >= today))}
      <form className={css.line} onSubmit={add}>
        <DateField ref={next} label="Tanggal" value={date} error={known ? 'Sudah ada' : undefined} onChange={setDate} />
        <TextInput
          label="Nama hari libur"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!ready} loading={change.isPending}>
          Tambah
        </Button>
      </form>
    </section>
  )
}
