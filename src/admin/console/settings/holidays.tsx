import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useChangeSettings } from './settings.ts'
import type { SettingsView } from './settings.ts'
import { ProblemNotice } from '../parts/problem-notice.tsx'
import { birthDay } from '../words/time.ts'
import css from './settings.module.css'

/** Days on which the office is closed: promises and estimates leave them out. */
export function Holidays({ settings }: { settings: SettingsView }) {
  const change = useChangeSettings()
  const [date, setDate] = useState('')
  const [name, setName] = useState('')
  const { rev, holidays } = settings
  const known = holidays.some((one) => one.date === date)
  const ready = /^\d{4}-\d\d-\d\d$/.test(date) && name.trim().length >= 3 && !known
  const add = (event: SubmitEvent) => {
    event.preventDefault()
    if (!ready) return
    const next = [...holidays, { date, name: name.trim() }].toSorted((a, b) => a.date.localeCompare(b.date))
    change.mutate(
      { rev, holidays: next },
      {
        onSuccess() {
          setDate('')
          setName('')
        },
      },
    )
  }
  return (
    <section aria-labelledby="holidays">
      <h2 id="holidays">Hari libur</h2>
      {change.isError && <ProblemNotice error={change.error} title="Belum tersimpan." />}
      <ul className={css.list}>
        {holidays.map((one) => (
          <li key={one.date}>
            <span className={css.day}>{birthDay(one.date)}</span>
            <span className={css.grow}>{one.name}</span>
            <ActionIcon
              aria-label={`Hapus ${one.name}`}
              disabled={change.isPending}
              onClick={() => change.mutate({ rev, holidays: holidays.filter((other) => other !== one) })}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <form className={css.line} onSubmit={add}>
        <TextInput
          type="date"
          label="Tanggal"
          value={date}
          error={known ? 'Sudah ada' : undefined}
          onChange={(event) => setDate(event.currentTarget.value)}
        />
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
