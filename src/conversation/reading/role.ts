import type { CoordinatorRole } from '../../models/chat/turn.ts'

const LONG: readonly { role: CoordinatorRole; pattern: string }[] = [
  { role: 'head', pattern: 'kepala\\s+(?:sekolah|tk|paud|sdn?|smpn?|madrasah)|kepsek|plt\\.?\\s+kepala' },
  { role: 'administration', pattern: 'tata\\s+usaha|administrasi|bendahara|pegawai\\s+tu|staf+\\s+tu' },
  { role: 'operator', pattern: 'operator|opertor|oprator' },
  { role: 'teacher', pattern: 'guru|wali\\s*kelas|walas|pengajar|wakasek' },
]
/** Too short to be told from a part of a name, so only behind a mark. */
const SHORT: readonly { role: CoordinatorRole; pattern: string }[] = [
  { role: 'head', pattern: 'ks|kepala' },
  { role: 'administration', pattern: 'tu|staf+' },
  { role: 'operator', pattern: 'ops?|opr' },
  { role: 'teacher', pattern: 'wali' },
]
const ALL = [...LONG, ...SHORT]
const alternatives = (list: readonly { role: CoordinatorRole; pattern: string }[]) =>
  list.map(({ pattern }) => pattern).join('|')

const LEADING = /^\s*(?:(?:perkenalkan|nama(?:\s+(?:saya|lengkap))*|saya|sy|dengan)(?![\p{L}])[\s,:=]*)+/iu
const AFTER_MARK = new RegExp(
  String.raw`^(.*?\p{L}.*?)\s*(?:[,;(/\n]|\s[-–]\s|\s(?:sebagai|selaku|jabatan)\s)[\s:]*(?:(?:sebagai|selaku|jabatan)[\s:]+)?((?:${alternatives(ALL)})(?![\p{L}]).*)$`,
  'isu',
)
const AT_END = new RegExp(String.raw`^(.*?\p{L}.*?)\s+((?:${alternatives(LONG)})(?![\p{L}]).*)$`, 'isu')

const ROLE_FIRST = new RegExp(String.raw`^(?:${alternatives(LONG)})(?![\p{L}])`, 'iu')

/** `operator`, `guru kelas`, `wali kelas`, `kepsek`, `TU`; undefined where none or two are named. */
export function readRole(text: string): CoordinatorRole | undefined {
  const of = (list: readonly { role: CoordinatorRole; pattern: string }[]) =>
    new Set(
      list
        .filter(({ pattern }) => new RegExp(String.raw`(?<![\p{L}])(?:${pattern})(?![\p{L}])`, 'iu').test(text))
        .map(({ role }) => role),
    )
  const long = of(LONG)
  const named = long.size > 0 ? long : of(SHORT)
  return named.size === 1 ? [...named][0] : undefined
}

const ANY_ROLE = new RegExp(String.raw`(?<![\p{L}])(?:${alternatives(ALL)})(?![\p{L}])`, 'giu')
/** What stands beside a role and in no name: `guru kelas 4`, `operator sekolah SDN Contoh` is left to the person. */
const BESIDE_ROLE =
  /(?<![\p{L}])(?:kelas|kls|sekolah|mapel|bidang|honorer|di|sdn?|mi|tk|paud|[ivx]+|[a-f])(?![\p{L}])/giu

/** `guru kelas 4B`: nothing of it can be a name. */
export function isRoleAlone(text: string): boolean {
  const plain = text.slice(0, 300).replace(LEADING, '')
  return readRole(plain) !== undefined && !/\p{L}/u.test(plain.replace(ANY_ROLE, ' ').replace(BESIDE_ROLE, ' '))
}

/** `saya operator sekolah`: a role where a name was asked for. */
export function roleInsteadOfName(text: string): CoordinatorRole | undefined {
  const plain = text.slice(0, 300).replace(LEADING, '').trim()
  return ROLE_FIRST.test(plain) ? readRole(plain) : undefined
}

/** `Rina Contoh, guru kelas` → name and role; the role is undefined where none stands behind the name. */
export function splitNameAndRole(text: string): { name: string; role: CoordinatorRole | undefined } {
  const plain = text.slice(0, 300).replace(LEADING, '').trim()
  for (const pattern of [AFTER_MARK, AT_END]) {
    const match = pattern.exec(plain)
    const role = match?.[2] === undefined ? undefined : readRole(match[2])
    if (match?.[1] !== undefined && role !== undefined) return { name: match[1].replace(/[\s,;(/–-]+$/, ''), role }
  }
  return { name: plain, role: undefined }
}
