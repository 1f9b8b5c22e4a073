import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { chat } from './support/chatter.ts'
import { nikOf, schoolOf } from './support/pupils.ts'
import type { Bench, Result } from './support/result.ts'
import { withTelegram } from './support/service.ts'
import { onStand } from './support/stand.ts'

const UNTIL_DOCUMENTS = [
  'halo',
  'SETUJU',
  'NPSN',
  'YA',
  'Orang Rekaan, guru kelas',
  '1',
  'Anak Rekaan',
  'NIK',
  'YA',
  '4A',
]
/** As phones send them through a chat, in pixels. */
const PHOTO = { width: 1280, height: 960 }
const MEBIBYTE = 1024

/** Resident memory of the process that has all roles, over many turns with photos. */
export const run: Bench = (sizes) =>
  onStand((stand) =>
    withTelegram(stand, 'memory', 'all', async ({ api, pid }): Promise<Result> => {
      const chats = sizes.pick(125, 10)
      const photos = sizes.pick(16, 2)
      const pictures = await Promise.all(Array.from({ length: 8 }, () => photo()))
      const people = Array.from({ length: chats }, (_, i) => api.person(72_000_000 + i))
      const fill = (word: string, i: number): string =>
        word === 'NPSN' ? schoolOf(i) : word === 'NIK' ? nikOf(i) : word
      await chat(
        api,
        people.map((person, i) => {
          const words = UNTIL_DOCUMENTS.map((word) => fill(word, i))
          return {
            person,
            next: (turn) => (words[turn] === undefined ? undefined : () => void person.text(words[turn]!)),
          }
        }),
      )
      const before = await residentMiB(pid)
      const talked = await chat(
        api,
        people.map((person, i) => ({
          person,
          next: (turn) =>
            turn < photos ? () => void person.photo(pictures[(i + turn) % pictures.length]!) : undefined,
        })),
      )
      const after = await residentMiB(pid)
      const kib = Math.round(pictures.reduce((sum, one) => sum + one.length, 0) / pictures.length / 1024)
      return {
        title: 'Memory',
        how:
          `VmRSS of the process with all roles (the stores are processes of their own): ${chats} chats send photos of ${kib} KiB one by one, ` +
          `${talked.turns.toLocaleString('en')} turns with photos.`,
        rows: [
          { what: 'before the first photo', unit: 'MiB', ours: before.now },
          { what: 'after the last one', unit: 'MiB', ours: after.now, goal: { of: 'ours', most: 300 } },
          { what: 'highest in between', unit: 'MiB', ours: after.peak, goal: { of: 'ours', most: 300 } },
        ],
      }
    }),
  )

/** Noise, so that it is about as large as a picture of paper. */
function photo(): Promise<Buffer> {
  const { width, height } = { width: PHOTO.width / 4, height: PHOTO.height / 4 }
  return sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
    .resize(PHOTO.width, PHOTO.height)
    .jpeg({ quality: 80 })
    .toBuffer()
}

async function residentMiB(pid: number): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const read = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / MEBIBYTE
  return { now: read('VmRSS'), peak: read('VmHWM') }
}
