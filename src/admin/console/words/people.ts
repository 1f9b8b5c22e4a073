import type { Case } from '../client/case.ts'
import type { Role } from '../client/session.ts'

export const roleName: Record<Role, string> = {
  supervisor: 'Penyelia',
  verifikator: 'Verifikator',
  foto: 'Foto',
  siak: 'SIAK',
  cetak: 'Cetak',
  loket: 'Loket',
}

/** `Verifikator, foto` */
export function rolesLine(roles: readonly Role[]): string {
  const line = roles.map((role) => roleName[role]).join(', ')
  return line.charAt(0) + line.slice(1).replaceAll(/(?<=, )[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase())
}

/** Two letters for the round mark beside a name. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  const first = words[0]?.charAt(0) ?? '?'
  const last = words.length > 1 ? (words.at(-1)?.charAt(0) ?? '') : ''
  return (first + last).toUpperCase()
}

const jobs: Record<string, string> = {
  operator: 'Operator',
  teacher: 'Guru/wali kelas',
  head: 'Kepala sekolah',
  administration: 'Tata usaha',
}
/** A coordinator's job at the school. */
export const jobName = (job: string): string => jobs[job] ?? job

const channels: Record<string, string> = { telegram: 'Telegram', whatsapp: 'WhatsApp', webchat: 'Demo' }
export const channelName = (channel: string): string => channels[channel] ?? channel

const reasons: Record<Case['reason'], string> = {
  NEW: 'Baru',
  EXPIRED_AT_5: 'Masa berlaku habis',
  LOST: 'Hilang',
  DAMAGED: 'Rusak',
  MOVED_IN: 'Pindah datang',
  DATA_CHANGE: 'Perubahan data',
}
export const reasonName = (reason: Case['reason']): string => reasons[reason]

/** `Hilang`, `Hilang, anak WNA` */
export function reasonLine({ reason, pupil }: Pick<Case, 'reason' | 'pupil'>): string {
  return pupil?.citizenship === 'wna' ? `${reasons[reason]}, anak WNA` : reasons[reason]
}
