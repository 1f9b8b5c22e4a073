import { parseName } from '../../models/identity/name.ts'
import { parseNpsn } from '../../models/school/school.ts'
import type { CoordinatorRole } from '../../models/chat/turn.ts'
import { looksLikeName } from './piece.ts'
import { readRole, splitNameAndRole } from './role.ts'
import { wordsOf } from './vocabulary.ts'

/** What a message says of whoever registers, beside what was asked. */
export type Registration = { npsn?: string; name?: string; role?: CoordinatorRole }

const NPSN = /(?<![A-Z0-9])(?:[PK]\d{7}|\d{8})(?!\d)/i
const MARKS = /[\n\t,;|()]| \/ | [-–—] |\.\s/u
const LONGEST = 400
/** "nama saya Rina Contoh": said to be a name. */
const NAMED = /^\s*(?:perkenalkan|nama|saya|sy|dengan)(?!\p{L})/iu
const SCHOOL =
  /(?<!\p{L})(?:npsn|sekolah|madrasah|sdn?|mi[ns]?|smpn?|mtsn?|sman?|smkn?|man?|tk|ra|kb|paud|pkbm|slbn?|kec(?:amatan)?)(?!\p{L})/iu

/**
 * `69900014, Rina Contoh, guru kelas`: an NPSN with what stands beside it. A name counts only where it is said to be one,
 * or where a role stands behind two words of it: letters alone may be the school's. Of two names none is taken.
 */
export function readRegistration(text: string): Registration {
  const plain = text.replaceAll(/(?<=\d)[ .-](?=\d)/g, '')
  const number = plain.length > LONGEST ? undefined : NPSN.exec(plain)?.[0]
  const npsn = number === undefined ? undefined : parseNpsn(number)
  if (number === undefined || npsn === undefined) return {}
  const pieces = plain
    .replace(number, '\n')
    .split(MARKS)
    .filter((piece) => /\p{L}{2}/u.test(piece))
  const role = readRole(pieces.filter((piece) => readRole(piece) !== undefined).join(', '))
  const names = new Set(
    pieces.flatMap((piece, i) => {
      const behind = pieces[i + 1]
      if (NAMED.test(piece)) return nameIn(piece, 1)
      const followed = splitNameAndRole(piece).role !== undefined || (behind !== undefined && isRole(behind))
      return followed ? nameIn(piece, 2) : []
    }),
  )
  const [name] = names
  return {
    npsn,
    ...(names.size === 1 && name !== undefined && { name }),
    ...(role && { role }),
  }
}

/** A piece that begins with the role and has no name before it. */
function isRole(piece: string): boolean {
  return readRole(piece) !== undefined && splitNameAndRole(piece).role === undefined
}

function nameIn(piece: string, least: number): string[] {
  const { name } = splitNameAndRole(piece)
  if (SCHOOL.test(name) || readRole(name) !== undefined || !looksLikeName(name)) return []
  if (wordsOf(name).length < least) return []
  const read = parseName(name)
  return read.ok ? [read.value] : []
}
