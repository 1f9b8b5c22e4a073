import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { Logo } from '../parts/logo.tsx'
import css from './demo-page.module.css'
import { loadPersons, nextPerson, savePersons } from './person.ts'
import type { Person } from './person.ts'
import { Phone } from './phone.tsx'

/** Several phones side by side; below 900 px one at a time, chosen by tabs. */
export function DemoPage() {
  const [persons, setPersons] = useState(() => {
    const loaded = loadPersons()
    savePersons(loaded)
    return loaded
  })
  const [shown, setShown] = useState(persons[0]?.id)
  const change = (next: readonly Person[]) => {
    savePersons(next)
    setPersons(next)
  }
  const add = () => {
    const person = nextPerson(persons)
    change([...persons, person])
    setShown(person.id)
  }
  const remove = (id: string) => {
    const left = persons.filter((person) => person.id !== id)
    const next = left.length > 0 ? left : [nextPerson(persons)]
    change(next)
    setShown(next[0]?.id)
  }
  return (
    <div className={css.page}>
      <header className={css.bar}>
        <Logo />
        <h1>Demo percakapan</h1>
        <p>Semua nama dan berkas adalah contoh. Kotak ini meniru ponsel koordinator sekolah.</p>
        <button type="button" className={css.button} onClick={add}>
          <IconPlus size={16} aria-hidden />
          Tambah orang
        </button>
        <a className={css.button} href="/" target="_blank" rel="noreferrer">
          Buka konsol
        </a>
      </header>
      <nav className={css.switch} aria-label="Orang">
        {persons.map((person) => (
          <button
            key={person.id}
            type="button"
            aria-pressed={person.id === shown}
            aria-label={person.name}
            onClick={() => setShown(person.id)}
          >
            {person.name.replace('Koordinator ', '')}
          </button>
        ))}
        <button type="button" aria-label="Tambah orang" onClick={add}>
          <IconPlus size={20} aria-hidden />
        </button>
      </nav>
      <main className={css.phones}>
        {persons.map((person) => (
          <Phone
            key={person.id}
            person={person}
            shown={person.id === shown}
            onChange={(changed) => change(persons.map((one) => (one.id === changed.id ? changed : one)))}
            onRemove={() => remove(person.id)}
          />
        ))}
      </main>
    </div>
  )
}
