import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Database } from '../../../src/models/store/connect.ts'
import { connectDatabase } from '../../../src/models/store/connect.ts'
import { pictureMark } from './pupil.ts'

/**
 * What the people of the proofs are made of: names, file names, captions and texts begin with `qx`, NIKs with 631106,
 * birth dates lie in 2012 to 2018, Telegram chats at 7700000…, and all pictures share the bytes of one JPEG.
 */
const SECRETS: Readonly<Record<string, RegExp>> = {
  name: /qx(?:rekaan|bapak|ibu|guru|kontak|penerima|petugas)/i,
  nik: /631106\d{10}/,
  maskedNik: /631106\*{6}\d{4}/,
  birthDate: /201[2-8]-(?:0\d|1[0-2])-[0-3]\d|\d (?:Jan|Feb|Mar|Apr|Mei|Jun|Jul|Agu|Sep|Okt|Nov|Des)[a-z]* 201[2-8]/,
  phone: /6281299\d{6}/,
  chatAddress: /7700000\d\d/,
  messageText: /assalamualaikum|qxpesan|Mohon diperiksa|nomor antrean/i,
  caption: /qxketerangan/i,
  fileName: /qx(?:berkas|baru|lagi)/i,
}

export type Searched = { bytes: number; files: number; documents: number; found: string[] }

/**
 * Looks for personal values in what processes printed, in every file of the data folder, and in the raw documents of
 * every collection, since MongoDB's own files are compressed. `found` names kinds and places, never values.
 */
export async function searchReadable(where: {
  dataDir: string
  mongodbUri?: string
  output: string
}): Promise<Searched> {
  const picture = (await pictureMark()).toString('latin1')
  const result: Searched = { bytes: 0, files: 0, documents: 0, found: [] }
  function look(text: string, place: string): void {
    result.bytes += text.length
    for (const [kind, pattern] of Object.entries(SECRETS))
      if (pattern.test(text)) result.found.push(`${kind} in ${place}`)
    if (text.includes(picture)) result.found.push(`picture in ${place}`)
  }
  look(where.output, 'the logs')
  for (const entry of await readdir(where.dataDir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const name = relative(where.dataDir, path)
    // programs that were unpacked there are not data
    if (!entry.isFile() || name.startsWith('packages')) continue
    const bytes = await readFile(path).catch(() => undefined)
    if (!bytes) continue
    result.files += 1
    look(bytes.toString('latin1'), `the data folder: ${name.split('/')[0]}`)
  }
  if (where.mongodbUri !== undefined) {
    const database = await connectDatabase(where.mongodbUri)
    try {
      for (const { name, bytes } of await dump(database)) {
        result.documents += 1
        look(bytes.toString('latin1'), `the collection ${name}`)
      }
    } finally {
      await database.close()
    }
  }
  return { ...result, found: [...new Set(result.found)] }
}

async function dump(database: Database): Promise<{ name: string; bytes: Buffer }[]> {
  const rows: { name: string; bytes: Buffer }[] = []
  for (const { name } of await database.db!.listCollections().toArray()) {
    const cursor = database.db!.collection(name).find({}, { raw: true })
    for await (const raw of cursor) rows.push({ name, bytes: raw as unknown as Buffer })
  }
  return rows
}
