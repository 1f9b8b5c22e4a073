import { setTimeout as untilNextLook } from 'node:timers/promises'
import type { CoordinatorLedger, PupilLedger } from './ledger.ts'
import type { Phone } from './phone.ts'
import { samplePage } from './pupil.ts'
import type { Pupil, PupilFile } from './pupil.ts'

export type CoordinatorOptions = {
  phone: Phone
  chat: number | string
  npsn: string
  name: string
  pupils: readonly Pupil[]
  /** Nothing new for so long, while the service is there: the person writes again what was asked. */
  patienceMs: number
  /** Since when the service has been there without a break, or undefined while it is away (epoch ms). */
  upSince(): number | undefined
  signal: AbortSignal
}
export type Coordinator = {
  readonly ledger: CoordinatorLedger
  /** All pupils have their ticket and no correction that was asked for is open. */
  readonly idle: boolean
  /** Resolves when `signal` aborts. */
  readonly ended: Promise<void>
}

const LOOK_MS = 40
const TICKET = /\b[A-Z]\d{3,}-\d\b/g
/** The question for another pupil, and its hint. */
const ANOTHER = /Ada murid lain\?|^Balas YA untuk murid lain/
/** Answers that tell and ask nothing. */
const TELLS = /masih diunduh|kami tunggu|siap diambil|kami serahkan|perlu diperbaiki|dibetulkan petugas/

/**
 * A school coordinator as a patient person: reacts to the latest message by what it asks, ignores the same message when
 * it comes once more, waits while the service is down.
 */
export function startCoordinator(options: CoordinatorOptions): Coordinator {
  const { phone, signal } = options
  const ledger: CoordinatorLedger = {
    chat: options.chat,
    npsn: options.npsn,
    name: options.name,
    pupils: options.pupils.map((pupil) => ({
      pupil,
      npsn: options.npsn,
      sent: [],
      tickets: new Set(),
      corrected: 0,
      apart: 0,
    })),
    heard: [],
    pleas: 0,
    askedAgain: 0,
    refused: [],
    strange: [],
  }
  /** Index of the pupil that the chat is about. */
  let at = 0
  let left: PupilFile[] = [...(options.pupils[0]?.files ?? [])]
  /** Tickets whose correction was asked for and is not acknowledged. */
  const returned: string[] = []
  let fixing = false
  let begun = false
  /** Said between the first pupils, beside the work. */
  const extras: (() => Promise<void>)[] = [
    ...(phone.share ? [() => phone.share!()] : []),
    async () => {
      ledger.pleas += 1
      await phone.text('PETUGAS qxpesan mohon dibantu')
    },
  ]
  let latest = ''
  let changedAt = 0

  const current = (): PupilLedger | undefined => ledger.pupils[at]
  const byTicket = (ticket: string): PupilLedger | undefined => ledger.pupils.find((one) => one.tickets.has(ticket))

  async function send(files: readonly PupilFile[], to: PupilLedger, unnamed = false): Promise<void> {
    to.sent.push(...files)
    await phone.files(files, unnamed)
  }

  /** What is to be noted of a message, whatever is answered. */
  function note(text: string): void {
    const queued = /Berkas (.+?) sudah kami terima\. Nomor antrean ([A-Z]\d+-\d)/.exec(text)
    if (queued) {
      const one = ledger.pupils.find(({ pupil }) => pupil.name === queued[1])
      if (one) {
        one.tickets.add(queued[2]!)
        if (one === current()) {
          at += 1
          left = [...(current()?.pupil.files ?? [])]
        }
      } else ledger.strange.push(text)
    }
    const apart = /; (\d+) berkas terakhir kami simpan terpisah/.exec(text)?.[1]
    const sender = current()
    if (apart && sender) sender.apart = Math.max(sender.apart, Number(apart))
    // nobody else sends these pupils: it is the own one, whose ticket was not told
    if (/Sudah ada permohonan/.test(text)) ledger.refused.push(text)
    const corrected = /Perbaikan kami terima\. Nomor antrean tetap ([A-Z]\d+-\d)/.exec(text)?.[1]
    if (corrected) {
      fixing = false
      const open = returned.indexOf(corrected)
      if (open >= 0) {
        returned.splice(open, 1)
        byTicket(corrected)!.corrected += 1
      }
    }
    // one message tells of several events, a paragraph each
    for (const paragraph of text.split('\n\n').filter((part) => /perlu diperbaiki/.test(part))) {
      const shown = paragraph.replace(/Balas misalnya.*$/s, '')
      for (const [ticket] of shown.matchAll(TICKET)) if (!returned.includes(ticket)) returned.push(ticket)
    }
  }

  /** Answers a question; false where it waits for something that is on its way. `lull`: nothing has come for long. */
  async function answer(text: string, lull: boolean): Promise<boolean> {
    const one = current()
    const say = async (what: string): Promise<true> => {
      await phone.text(what)
      return true
    }
    const fix = /Perbaikan \d+ dari \d+: kirim (.+?)[.,]/.exec(text)
    if (fix) {
      const fixed = byTicket(returned[0] ?? '')
      if (!fixed) return false
      await send([await samplePage(fix[1]!.includes('foto') ? 'pas foto qxbaru.jpg' : 'kk qxbaru.jpg')], fixed)
      return true
    }
    if (/Yang diperbaiki:|^Balas KIRIM atau UBAH/.test(text)) return say('kirim')
    if (/sedang tidak menunggu perbaikan|Tidak ada yang perlu diperbaiki/.test(text)) {
      fixing = false
      returned.shift()
      return next()
    }
    if (/Perbaikan kami terima/.test(text)) return next()
    if (/Balas SETUJU/.test(text)) return say('setuju')
    if (/NPSN sekolah Bapak\/Ibu|NPSN.*8 angka/.test(text)) return say(options.npsn)
    if (/Apakah sudah benar, Bapak\/Ibu\?|^Balas YA atau BUKAN/.test(text)) return say('ya')
    if (/ketik nama lengkap Bapak\/Ibu/.test(text)) return say(options.name)
    if (/Apa jabatan Bapak\/Ibu/.test(text)) return say('2')
    if (ANOTHER.test(text)) return next()
    if (!one) return next()
    if (/Apa alasan pengajuannya/.test(text)) return say('1')
    // an answer that met the next question, when a late file had settled the one it was for, has opened the name again
    if (/nama lengkap murid|Ketik nama (saja|yang benar)|^Nama paling panjang/.test(text)) return say(one.pupil.name)
    if (/Silakan pilih:\n1 Ajukan KIA/.test(text)) return say('2')
    // or its hint, where an answer that was given twice met it
    if (/menurut NIK .* Benar\?|^Tulis tahun lengkap|^Tanggal itu tidak ada/.test(text)) return say('ya')
    if (/[Kk]etik NIK |berapa NIK-nya|^Mohon ketik ulang:|16 angka/.test(text)) return say(one.pupil.nik)
    if (/kelas berapa\?|^Ketik kelas saja/.test(text)) return say(one.pupil.class)
    if (/Mohon diperiksa:/.test(text)) {
      const line = /6 Berkas: (.*)/.exec(text)?.[1] ?? ''
      const counted = [...line.matchAll(/(\d+)(?:,|$)/g)].reduce((sum, [, n]) => sum + Number(n), 0)
      if (!text.includes(one.pupil.name)) return false
      // a file is still on its way: the card comes again with it
      // or it was one too many, and is kept apart
      return counted === one.sent.length || text.includes('simpan terpisah') ? say('KIRIM') : false
    }
    // the card itself is what shows whether all files are there
    if (text.startsWith('Balas KIRIM, atau UBAH')) return say('MENU')
    if (text.startsWith('Belum ada draf')) return say('AJUKAN')
    if (/Balas LANJUT atau HAPUS/.test(text)) return say('LANJUT')
    if (text.startsWith('Ketik nomornya, misalnya')) return say('TIDAK TAHU')
    // an answer that was given twice, as the question came twice, has met the next one, which has numbers
    if (/^Balas 1 sampai \d/.test(text)) return lull ? say('MENU') : false
    if (/Ada \d+ berkas\. Mana yang/.test(text)) {
      return lull || text.includes(`Ada ${one.sent.length} berkas`) ? say('TIDAK TAHU') : false
    }
    if (/pas foto, atau/.test(text)) return say('1')
    if (/KTP-el orang tua satunya, atau balas CUKUP/.test(text) && (left.length === 0 || one.pupil.way !== 'single')) {
      return lull ? say('CUKUP') : false
    }
    if (/Sekarang berkas|Berikutnya kirim|Mohon kirim (foto|pas foto)|Masih kurang|balas CUKUP/.test(text)) {
      return sendFiles(text, one, lull)
    }
    if (ledger.strange.at(-1) !== text) ledger.strange.push(text)
    return lull ? say('MENU') : false
  }

  async function sendFiles(text: string, one: PupilLedger, lull: boolean): Promise<boolean> {
    const { way } = one.pupil
    if (left.length > 0) {
      const some = way === 'single' ? left.splice(0, 1) : left.splice(0)
      await send(some, one, way === 'photos')
      return true
    }
    if (!lull) return false
    // asked for what the pictures did not show: one more of that
    const asked = /foto, latar|pas foto/.test(text)
      ? 'pas foto'
      : /KTP/.test(text)
        ? 'ktp'
        : /Keluarga/.test(text)
          ? 'kk'
          : 'akta'
    await send([await samplePage(`${asked} qxlagi.jpg`)], one)
    return true
  }

  /** Between two pupils: corrections first. */
  async function next(): Promise<boolean> {
    if (returned.length > 0) {
      fixing = true
      await phone.text(`PERBAIKI ${returned[0]}`)
      return true
    }
    if (!current()) return true
    const extra = ANOTHER.test(latest) ? extras.shift() : undefined
    if (extra) {
      await extra()
      return true
    }
    await phone.text(ANOTHER.test(latest) ? 'ya' : 'AJUKAN')
    return true
  }

  async function live(): Promise<void> {
    let answered = true
    for (; !signal.aborted; await untilNextLook(LOOK_MS)) {
      if (!begun) {
        begun = true
        changedAt = Date.now()
        latest = 'halo'
        await phone.text('Assalamualaikum')
        continue
      }
      for (const text of await phone.read()) {
        ledger.heard.push(text)
        note(text)
        if (TELLS.test(text)) {
          changedAt = Date.now()
          continue
        }
        // shown once more after an interrupted send: answered already
        if (text === latest) continue
        latest = text
        changedAt = Date.now()
        answered = false
      }
      const up = options.upSince()
      const lull = up !== undefined && Date.now() - Math.max(changedAt, up) > options.patienceMs
      if (!answered) answered = await answer(latest, false)
      if (lull && !isIdle()) {
        changedAt = Date.now()
        ledger.askedAgain += 1
        if (latest === 'halo') await phone.text('Assalamualaikum')
        else answered = await answer(latest, true)
      }
      // a return came while nothing was asked
      if (answered && returned.length > 0 && !fixing && !current()) await next()
    }
  }

  function isIdle(): boolean {
    return ledger.pupils.every((one) => one.tickets.size > 0) && returned.length === 0
  }
  return {
    ledger,
    get idle() {
      return isIdle()
    },
    ended: live(),
  }
}
