import { z } from 'zod'
import { CITIZENSHIPS, DOCUMENT_KINDS, REASONS } from '../models/application/application.ts'
import { SEVERITIES } from '../models/application/findings.ts'
import { PortraitSchema } from './portrait-schema.ts'

const clock = z.string().regex(/^(?:[01]\d|2[0-3])\.[0-5]\d$/, 'must be a time as 08.00')
const span = z
  .string()
  .regex(/^\d\d\.\d\d-\d\d\.\d\d$/, 'must be a span as 08.00-16.00')
  .refine((s) => s.slice(0, 5) < s.slice(6), 'must end after it begins')
const date = z.iso.date()
const code = z.string().regex(/^[A-Z][A-Z0-9_]{2,40}$/, 'must be a code as RR_BLURRED')
const days = z.int().min(1).max(3650)

/** One paper that an application reason asks for. `label` is how the bot names it. */
const piece = z.strictObject({
  kind: z.enum(DOCUMENT_KINDS),
  label: z.string().min(2),
  /** Only where the pupil moved in from there (MOVED_IN). */
  origin: z.enum(['domestic', 'abroad']).optional(),
  /** Only of a child of this citizenship; without it, of every child. */
  citizenship: z.enum(CITIZENSHIPS).optional(),
  /** Two ID cards of the parents may come as one picture or two. */
  pair: z.boolean().default(false),
})
const requirement = z.strictObject({
  label: z.string().min(2),
  pieces: z.array(piece),
  /** Whether a portrait is asked from the age in `ages.portraitFrom` on. */
  portrait: z.boolean().default(true),
})

const returnReason = z.strictObject({
  code,
  /** The key in the console: stored with the reason and never reused. */
  letter: z.string().regex(/^[A-Z]$/, 'must be one capital letter'),
  label: z.string().min(3),
  fix: z.string().min(3),
  who: z.enum(['school', 'parent', 'office']),
  /** What PERBAIKI asks again: a kind of document or an answer. Nothing where only a parent or the office can act. */
  asks: z.array(z.enum([...DOCUMENT_KINDS, 'name', 'nik', 'birthDate', 'class'])).default([]),
  /** Codes of findings that propose it: the console marks it where one of them stands at the case. */
  findings: z.array(code).optional(),
  /** Where a parent has to go. */
  place: z.string().optional(),
  /** No longer offered; what was returned for it still has its words. */
  retired: z.boolean().optional(),
})

/** The system itself returns or rejects with these, when a child turns 5 or 17 while waiting. */
const SYSTEM_REASONS = ['RR_TURNED_FIVE', 'RR_TURNED_SEVENTEEN'] as const

/** One office is one file `office/<name>.yaml`; another district writes another file and no code. */
export const OfficeSchema = z
  .strictObject({
    identity: z.strictObject({
      name: z.string().min(3),
      shortName: z.string().min(3),
      district: z.string().min(3),
      areaCode: z.string().regex(/^\d{4}$/, 'must be the four digits of the district'),
      service: z.string().default('SMART KIDS'),
      pickupPlace: z.string().min(3),
      address: z.string().min(3),
      birthCertificateService: z.string().optional(),
      complaintsLink: z.string().default('lapor.go.id'),
    }),
    hours: z.strictObject({
      timeZone: z.string().refine((zone) => isTimeZone(zone), 'must be an IANA time zone'),
      zoneName: z.string().min(2),
      /** Working spans; a day that is missing is closed. */
      week: z.partialRecord(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), z.array(span)),
      holidays: z.array(z.strictObject({ date, name: z.string() })).default([]),
      /** No notices are sent between these times (answers are). */
      quiet: z.strictObject({ from: clock, to: clock }),
    }),
    ages: z
      .strictObject({
        portraitFrom: z.int().min(0).max(17).default(5),
        until: z.int().min(1).max(18).default(17),
        /** Within so many days before the birthday of `portraitFrom` a portrait may be sent already. */
        portraitOptionalDays: z.int().min(0).max(365).default(30),
        /** From this age on the bot asks whether the pupil is married: whoever is gets no card. Missing: it never asks. */
        askMarriedFrom: z.int().min(0).max(17).optional(),
      })
      .prefault({}),
    portrait: PortraitSchema,
    signature: z.boolean().default(false),
    requirements: z.record(z.enum(REASONS), requirement),
    /** What a foreign child needs beside the papers of its reason, whichever that is. */
    foreignPieces: z.array(piece),
    returnReasons: z.array(returnReason).min(1).max(26),
    releaseReasons: z.array(z.strictObject({ code, label: z.string().min(3) })).min(1),
    retention: z.strictObject({
      afterReceipt: days,
      afterHandOver: days,
      afterRejection: days,
      drafts: days,
      /** The reminder comes so many days before a draft is purged. */
      draftReminder: days,
      /** Days after the return at which a reminder goes out. */
      returnedReminders: z.array(days).length(2),
      returnedCancel: days,
      unmatchedFiles: days,
      /** Inbox, turns, transcripts and deliveries that no open application needs. */
      messages: days,
      /** Consents, from when the data that they were given for went: as long as somebody may ask for the proof. */
      consents: days.default(1825),
    }),
    /** How heavy it is that only the school says that a parent agreed; `none`: it is no finding, every case says who. */
    consents: z.strictObject({ schoolOnly: z.enum(['none', ...SEVERITIES]).default('none') }).prefault({}),
    fairness: z
      .strictObject({
        policy: z.enum(['fair', 'fifo', 'sqrt-enrolment']).default('fair'),
        batch: z.int().min(1).max(100).default(5),
        stride: z.int().min(100).max(1_000_000).default(1000),
      })
      .prefault({}),
    claims: z
      .strictObject({
        leaseSeconds: z.int().min(30).default(600),
        prefetchLeaseSeconds: z.int().min(10).default(60),
        series: z.int().min(1).max(20).default(20),
        skipMinutes: z.int().min(0).default(30),
        releasesToSupervisor: z.int().min(1).default(3),
        /** So long an operator is offered to take an act back; 0: never. */
        undoSeconds: z.int().min(0).max(60).default(5),
        /** So much longer it is taken back, and told to nobody: what an undo of the last second needs for its way. */
        undoGraceSeconds: z.number().min(0).max(30).default(2),
      })
      .prefault({}),
    printing: z
      .strictObject({
        printers: z.array(z.string().min(2).max(40)).min(1).max(20).default(['Printer 1']),
        /** Cards that one printer load takes. */
        load: z.int().min(1).max(200).default(50),
        /** A batch that nobody has closed gives its cards back after so long. */
        leaseSeconds: z
          .int()
          .min(60)
          .default(4 * 3600),
        /** New cards are to be ordered while there are still so many. */
        reorderBlanks: z.int().min(0).default(250),
        ribbonPrints: z.int().min(1).default(250),
        reorderRibbonPrints: z.int().min(0).default(250),
      })
      .prefault({}),
    drafts: z.strictObject({ unapprovedLimit: z.int().min(1).default(5) }).prefault({}),
    notices: z.strictObject({ groupSeconds: z.int().min(0).max(3600).default(180) }).prefault({}),
    /** What the office's WhatsApp number sends, at most: an ordinary account that sends like a machine is banned. */
    whatsapp: z
      .strictObject({ perMinute: z.int().min(1).max(600).default(40), typing: z.boolean().default(true) })
      .prefault({}),
    /** Files of one pupil count as all there when none has come for so many seconds; more where the lines are slow. */
    files: z.strictObject({ quietSeconds: z.number().min(0.1).max(15).default(2) }).prefault({}),
    /** An operator who took a chat over: the bot comes back after so many minutes without an answer. */
    takeover: z.strictObject({ minutes: z.int().min(1).max(240).default(15) }).prefault({}),
    /** What operators answer again and again; `code` is typed after a slash, as `/kk-baru`. */
    savedReplies: z
      .array(z.strictObject({ code: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/), text: z.string().min(3).max(2000) }))
      .max(100)
      .default([]),
    complaints: z.strictObject({ answerWorkingDays: z.int().min(1).default(5) }).prefault({}),
    /** What else to ask a school for each pupil; by default nothing, since biodata come from SIAK by NIK. */
    questions: z
      .array(
        z.strictObject({
          name: z.string().regex(/^[a-z][A-Za-z]{1,30}$/),
          prompt: z.string().min(5),
          maxLength: z.int().min(1).max(200).default(60),
        }),
      )
      .default([]),
    /** Texts that this office says in its own words, by their name in conversation/texts. */
    texts: z.record(z.string(), z.string().min(1)).default({}),
  })
  .superRefine((office, context) => {
    for (const key of ['letter', 'code'] as const) {
      const seen = new Set<string>()
      for (const [i, reason] of office.returnReasons.entries()) {
        if (seen.has(reason[key])) {
          context.addIssue({
            code: 'custom',
            path: ['returnReasons', i, key],
            message: `"${reason[key]}" is used twice`,
          })
        }
        seen.add(reason[key])
      }
    }
    for (const code of SYSTEM_REASONS) {
      if (!office.returnReasons.some((reason) => reason.code === code && !reason.retired)) {
        context.addIssue({
          code: 'custom',
          path: ['returnReasons'],
          message: `needs ${code}, which the print date sets`,
        })
      }
    }
    if (office.retention.draftReminder >= office.retention.drafts) {
      context.addIssue({
        code: 'custom',
        path: ['retention', 'draftReminder'],
        message: 'must be fewer days than drafts',
      })
    }
  })

export type Office = z.infer<typeof OfficeSchema>
export type ReturnReason = Office['returnReasons'][number]
export type RequirementPiece = Office['requirements'][(typeof REASONS)[number]]['pieces'][number]

function isTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}
