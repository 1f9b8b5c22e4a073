/**
 * Somebody in front of a demo phone. `id` is the name of the chat on the server: partly random, so that two browsers
 * on one server do not share a chat. `pupil` is the number of the sample pupil that is offered next.
 */
export type Person = { id: string; name: string; npsn: string; pupil: number }

const KEY = 'smart-kids.demo.persons'
const random = (below: number) => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % below

/** The sample schools of the demo: NPSN 69900001 to 69900030. */
const sampleNpsn = (n: number) => String(69_900_001 + (n % 30))

/** The next person, called by the next letter: "Koordinator Contoh C" after two. */
export function nextPerson(others: readonly Person[]): Person {
  const taken = others.map((person) => person.name)
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('').map((letter) => `Koordinator Contoh ${letter}`)
  const name = letters.find((candidate) => !taken.includes(candidate)) ?? `Koordinator Contoh ${taken.length + 1}`
  const tail = random(36 ** 6)
    .toString(36)
    .padStart(6, '0')
  return {
    id: `${name.slice('Koordinator Contoh '.length).toLowerCase()}-${tail}`,
    name,
    npsn: sampleNpsn(random(30)),
    pupil: random(9000),
  }
}

/** The persons of this browser; one where there was none, or where what is stored cannot be read. */
export function loadPersons(): readonly Person[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    if (Array.isArray(stored)) {
      const persons = stored.filter(isPerson)
      if (persons.length > 0) return persons
    }
  } catch {
    // storage is switched off or holds something else: start anew
  }
  return [nextPerson([])]
}

export function savePersons(persons: readonly Person[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(persons))
  } catch {
    // storage is switched off or full: the persons last as long as the page
  }
}

function isPerson(value: unknown): value is Person {
  if (typeof value !== 'object' || value === null) return false
  const { id, name, npsn, pupil } = value as Record<string, unknown>
  return typeof id === 'string' && typeof name === 'string' && typeof npsn === 'string' && Number.isSafeInteger(pupil)
}
