import type { Answers } from '../../src/models/chat/session.ts'
import type { Given } from './given.ts'

const name = 'Siti Rekaan'
const nik = '6311065402160003'
const birthDate = '2016-02-14'
const pupil: Answers = { reason: 'NEW', name, nik, birthDate, class: '4A' }
const stored = (n: number, kind?: string): Answers => ({ id: `f${n}`, n, state: 'stored', ...(kind && { kind }) })
const three = [stored(1, 'birth_certificate'), stored(2, 'family_card'), stored(3, 'eid_card')]
const whole = [...three, stored(4, 'portrait')]
const round = { round: { reason: 'NEW', class: '4A' }, last: { id: 'B417-6', name: 'Ahmad Fikri Contoh' } }
const returned = {
  ticket: 'B417-6',
  name: 'Ahmad Fikri Contoh',
  stage: 'returned',
  returnReasons: ['RR_PORTRAIT_BLURRED', 'RR_NAME_DIFFERS', 'RR_FAMILY_CARD_OLD'],
} as const

function submit(step: string, answers: Answers, memory: Answers = {}): Given {
  const drafted = 'name' in answers || 'files' in answers
  return {
    flow: 'submit',
    step,
    answers,
    memory: drafted ? { draft: 'd0', ...memory } : memory,
    ...(drafted && { drafts: [{ id: 'd0', step, answers }] }),
  }
}

/** A world that waits at each question of the bot, by its name. */
export const STANDS: Readonly<Record<string, Given>> = {
  'nobody known': { coordinator: null },
  'register.consent': { coordinator: null, flow: 'register', step: 'consent' },
  'register.npsn': at('npsn', { consent: given() }),
  'register.confirmSchool': at('confirmSchool', { consent: given(), npsn: '69900014' }),
  'register.invitation': {
    ...at('invitation', { consent: given(), npsn: '69900014', schoolConfirmed: true }),
    school: { sample: false },
  },
  'register.ownName': at('ownName', { consent: given(), npsn: '69900014', schoolConfirmed: true }),
  'register.ownRole': at('ownRole', {
    consent: given(),
    npsn: '69900014',
    schoolConfirmed: true,
    ownName: 'Rina Contoh',
  }),
  'nothing under way': {},
  menu: { flow: 'menu', step: 'menu', answers: {} },
  'submit.reason': submit('reason', {}),
  'submit.origin': submit('origin', { reason: 'MOVED_IN' }),
  'submit.name': submit('name', { reason: 'NEW' }),
  'submit.name of the next pupil': submit('name', { reason: 'NEW', class: '4A' }, round),
  'submit.nik': submit('nik', { reason: 'NEW', name }),
  'submit.birthDate': submit('birthDate', { reason: 'NEW', name, nik }),
  'submit.birthDate of an adult number': submit('birthDate', { reason: 'NEW', name, nik: '6311065402800003' }),
  'submit.mismatch': submit('mismatch', { reason: 'NEW', name, nik, typedDate: '2016-02-15' }),
  'submit.married': { ...submit('married', { reason: 'NEW', name, nik, birthDate }), askMarriedFrom: 10 },
  'submit.class': submit('class', { reason: 'NEW', name, nik, birthDate }),
  'submit.question': {
    ...submit('question', { reason: 'NEW', name, nik, birthDate, class: '4A' }),
    questions: [{ name: 'bloodType', prompt: 'Apa golongan darahnya?', maxLength: 3 }],
  },
  'submit.clarify': submit('clarify', {
    reason: 'NEW',
    name,
    clarify: {
      field: 'name',
      readings: [
        { text: 'Siti Rekaan', value: 'Siti Rekaan' },
        { text: 'Siti Rekaan Contoh', value: 'Siti Rekaan Contoh' },
      ],
    },
  }),
  'submit.documents': submit('documents', pupil),
  'submit.documents, portrait lacks': submit('documents', { ...pupil, files: three, pairDone: true }),
  'submit.documents, one failed': submit('documents', {
    ...pupil,
    files: [...three, { id: 'f4', n: 4, state: 'failed', told: '2026-12-07T01:09:00.000Z' }],
    pairDone: true,
  }),
  'submit.secondGuardian': submit('secondGuardian', { ...pupil, files: three, pairAsk: true }),
  'submit.fourthFile': submit('fourthFile', { ...pupil, files: [...three, stored(4)], unsure: 'f4' }),
  'submit.sort': submit('sort', { ...pupil, files: [1, 2, 3, 4, 5, 6, 7].map((n) => stored(n)) }),
  'submit.summary': submit('summary', { ...pupil, files: whole }),
  'submit.doubt': submit('doubt', {
    ...pupil,
    files: whole,
    doubt: { field: 'nik', said: 'NIK pada KK berakhiran 0010, yang diketik berakhiran 0003.' },
    doubted: ['nik'],
  }),
  'submit.class again': submit('class', { ...pupil, files: whole, again: 'class' }),
  'submit.nextPupil': { ...submit('nextPupil', { sent: true }, round), applications: [{ ticket: 'B417-6' }] },
  'submit.forWhom': {
    ...submit('forWhom', { sent: true, loose: [{ id: 'f1', state: 'stored' }] }, round),
    applications: [{ ticket: 'B417-6' }],
  },
  'drafts.list of one': { flow: 'drafts', step: 'list', answers: {}, drafts: [{ id: 'd0', answers: pupil }] },
  'drafts.list of two': {
    flow: 'drafts',
    step: 'list',
    answers: {},
    drafts: [
      { id: 'd0', answers: pupil },
      { id: 'd9', answers: { ...pupil, name: 'Budi Rekaan' } },
    ],
  },
  'drafts.erase': {
    flow: 'drafts',
    step: 'erase',
    answers: { draft: 'd0', erase: true },
    drafts: [{ id: 'd0', answers: pupil }],
  },
  'correct.pick': {
    flow: 'correct',
    step: 'pick',
    answers: {},
    applications: [returned, { ...returned, ticket: 'B418-4', name: 'Budi Rekaan' }],
  },
  'correct.fix': { flow: 'correct', step: 'fix', answers: { ticket: 'B417-6' }, applications: [returned] },
  'correct.fix a value': {
    flow: 'correct',
    step: 'fix',
    answers: { ticket: 'B417-6', done: { portrait: true } },
    applications: [returned],
  },
  'correct.fix by the parents': {
    flow: 'correct',
    step: 'fix',
    answers: { ticket: 'B417-6', done: { portrait: true, name: 'Ahmad Fikri' } },
    applications: [returned],
  },
  'correct.summary': {
    flow: 'correct',
    step: 'summary',
    answers: { ticket: 'B417-6', done: { portrait: true, name: 'Ahmad Fikri', RR_FAMILY_CARD_OLD: true } },
    applications: [returned],
  },
  'correct.which': {
    flow: 'correct',
    step: 'which',
    answers: {
      ticket: 'B417-6',
      changing: true,
      done: { portrait: true, name: 'Ahmad Fikri', RR_FAMILY_CARD_OLD: true },
    },
    applications: [returned],
  },
  'complain.story in a draft': aside('complain', 'story'),
  'cancel.confirm of a draft': aside('cancel', 'confirm'),
  'cancel.confirm of a ticket': {
    flow: 'cancel',
    step: 'confirm',
    answers: { ticket: 'B417-6' },
    applications: [{ ticket: 'B417-6', name: 'Ahmad Fikri Contoh' }],
  },
}

function given(): Answers {
  return { at: '2026-12-07T01:00:00.000Z', words: 'setuju', turn: 't0' }
}
function at(step: string, answers: Answers): Given {
  return { coordinator: null, flow: 'register', step, answers }
}
function aside(flow: string, step: string): Given {
  const answers = { reason: 'NEW', name, nik, birthDate }
  return {
    flow,
    step,
    answers: {},
    memory: { draft: 'd0', parked: { flow: 'submit', answers } },
    drafts: [{ id: 'd0', step: 'class', answers }],
  }
}
