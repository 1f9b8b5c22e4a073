import { randomBytes } from 'node:crypto'
import sharp from 'sharp'

export type PupilFile = { bytes: Buffer; name: string; mime: string }
/** `single`: the files one by one, each after the last was answered; `album`: all at once; `photos`: at once, unnamed. */
export type Pupil = {
  name: string
  nik: string
  birthDate: string
  class: string
  files: readonly PupilFile[]
  way: 'single' | 'album' | 'photos'
}

const SYLLABLES = ['ba', 'ci', 'du', 'fe', 'go', 'ha', 'ji', 'ku', 'le', 'mo', 'na', 'pi', 'ru', 'se', 'to', 'wa']

/** Pupil `n` of a run: another name, NIK and other files than every other one. Born in 2012 to 2018. */
export async function samplePupil(n: number, size: { files: number; way: Pupil['way'] }): Promise<Pupil> {
  const day = 1 + (n % 28)
  const month = 1 + (n % 12)
  const year = 2012 + (n % 7)
  const two = (value: number): string => String(value).padStart(2, '0')
  return {
    name: `${capital(word(n))} Qxrekaan`,
    nik: `631106${two(day)}${two(month)}${two(year % 100)}${String(1 + n).padStart(4, '0')}`,
    birthDate: `${year}-${two(month)}-${two(day)}`,
    class: '4A',
    files: await samplePages(size.files),
    way: size.way,
  }
}

/** So many papers of one pupil: certificate, family card with as many pages as it takes, both parents' cards, portrait. */
async function samplePages(count: number): Promise<PupilFile[]> {
  const names = [
    'akta qxberkas.jpg',
    'kk qxberkas.jpg',
    'ktp ayah qxberkas.jpg',
    'ktp ibu qxberkas.jpg',
    'pas foto qxberkas.jpg',
  ]
  const more = Array.from({ length: Math.max(0, count - names.length) }, () => 'kk qxberkas.jpg')
  return Promise.all([...names.slice(0, 4), ...more, names[4]!].map((name) => samplePage(name)))
}

/** A picture whose bytes no other has. */
export async function samplePage(name: string): Promise<PupilFile> {
  return { bytes: Buffer.concat([await picture(), randomBytes(48)]), name, mime: 'image/jpeg' }
}

/** Bytes that stand in every picture of the proofs. */
export async function pictureMark(): Promise<Buffer> {
  return (await picture()).subarray(16, 64)
}

let made: Promise<Buffer> | undefined
function picture(): Promise<Buffer> {
  made ??= sharp({ create: { width: 40, height: 56, channels: 3, background: '#c8b090' } })
    .jpeg()
    .toBuffer()
  return made
}

function word(n: number): string {
  let text = ''
  for (let left = n + 256; left > 0; left = Math.floor(left / 16)) text += SYLLABLES[left % 16]
  return text
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
