import { REASONS } from '../../models/application/application.ts'
import { formatDate, parseDate } from '../../models/identity/date.ts'
import { parseName } from '../../models/identity/name.ts'
import {
  maskNik,
  mayBeFamilyCardNumber,
  nikAgreesWith,
  parseNik,
  plausibleBirthDate,
} from '../../models/identity/identity.ts'
import { hint, take, wholeHint } from '../definition.ts'
import type { Reading, Scene, Step } from '../definition.ts'
import { tidyClass } from '../reading/piece.ts'
import { isReasonAlone } from '../reading/reason.ts'
import { isAnswerWord, isPromptedWord, isRemark, readClass } from '../reading/words.ts'
import { wordsOf } from '../reading/vocabulary.ts'
import { askChoice, numbered, text } from '../steps.ts'
import type { Option } from '../steps.ts'
import type { ClarifiedField, PupilAnswers } from './pupil.ts'
import { pupilMemory, pupilOf } from './pupil.ts'
import { reasonLabel, reasonSteps } from './reason-steps.ts'
import { today } from './requirements.ts'

const LONGEST_CLASS = 20

const name: Step = {
  named: true,
  label: 'labelName',
  short: 'shortName',
  ask(scene) {
    const answers = pupilOf(scene.answers)
    if (answers.again === 'name' && answers.name) return { text: text(scene, 'changeName', { value: answers.name }) }
    const again = answers.class !== undefined && pupilMemory(scene.memory).round !== undefined
    return { text: again ? text(scene, 'nameNext', { class: answers.class ?? '' }) : text(scene, 'name') }
  },
  read(said, scene) {
    // "ya", "kirim" or "rusak" alone answer something else; "nama: Oke" is a name
    const another =
      isAnswerWord(said.text) ||
      isPromptedWord(said.text) ||
      isReasonAlone(said.text) ||
      isRemark(unlabelled(said.text))
    if (another) return wholeHint(text(scene, 'nameHint'))
    const parts = said.text.split(/[,;\n]/).filter((part) => part.trim() !== '')
    // "assalamualaikum, siti rekaan": what is an answer word of its own is no part of the name
    const own = parts.filter((part) => !isAnswerWord(part))
    const read = parseName(own.length === 1 ? own[0]! : said.text)
    if (read.ok) return take({ name: read.value })
    const long = read.problem === 'too-long' || read.problem === 'too-many-words'
    return wholeHint(text(scene, long ? 'nameLong' : 'nameHint'))
  },
}

/** "nama sudah sesuai akta" without its first word; what stands behind a mark is said to be a name. */
function unlabelled(said: string): string {
  return /^\s*nama\S*\s*[:=]/iu.test(said) ? '' : said.replace(/^\s*nama(?:nya)?(?=\s)/iu, '')
}

const nik: Step = {
  label: 'labelNik',
  short: 'shortNik',
  ask(scene) {
    const { again, nik: now, name: who = '' } = pupilOf(scene.answers)
    if (again === 'nik' && now) return { text: text(scene, 'changeNik', { value: maskNik(now) }) }
    return { text: text(scene, 'nik', { name: who }) }
  },
  read(said, scene) {
    const read = parseAny(said.text)
    if (!read.ok) {
      const { problem } = read
      if (problem.kind === 'length' && problem.digits === 0) return hint(text(scene, 'nikMissing'))
      if (problem.kind === 'length') return wholeHint(text(scene, 'nikLength', { n: problem.digits }))
      if (problem.kind === 'not-a-date') return wholeHint(text(scene, 'nikNotDate'))
      return wholeHint(text(scene, problem.kind === 'serial-zero' ? 'nikSerial' : 'nikExcel'))
    }
    const before = pupilOf(scene.answers)
    const date = before.birthDate ?? before.typedDate
    const value = read.value.nik
    const set = { nik: value, birthDate: undefined, typedDate: date }
    if (!date || !nikAgreesWith(value, date)) return take(set)
    return take(set, text(scene, 'nikAndDateNoted', { date: formatDate(date) }))
  },
}

/** The number as typed, or the only one of sixteen digits in a sentence. */
function parseAny(said: string): ReturnType<typeof parseNik> {
  const whole = parseNik(said)
  if (whole.ok) return whole
  const found = [...said.matchAll(/(?<!\d)\d(?:[ .-]?\d){15}(?!\d)/g)]
  return found.length === 1 ? parseNik(found[0]![0]) : whole
}

const birthDate: Step = {
  label: 'labelBirthDate',
  short: 'shortBirthDate',
  yesNo: true,
  ask(scene) {
    const { again, birthDate: now, name: who = '' } = pupilOf(scene.answers)
    if (again === 'birthDate' && now) return { text: text(scene, 'changeBirthDate', { value: formatDate(now) }) }
    const date = dateOfNik(scene)
    if (!date) return { text: text(scene, 'birthDate', { name: who }) }
    return {
      text: text(scene, 'birthDateOfNik', { name: who, date: formatDate(date) }),
      choices: [{ value: 'YA', label: 'YA' }],
    }
  },
  read(said, scene) {
    const reading = readClass(said.text, { yesNo: true })
    const date = dateOfNik(scene)
    if (reading?.value !== undefined) {
      const typed = readDate(reading.value, scene)
      if (typed.kind === 'take' || reading.class === 'NO') return typed
    }
    if (reading?.class === 'MIXED') return hint(text(scene, 'mixed'))
    if (reading?.class === 'NO') return { kind: 'tell', text: text(scene, 'birthDateWhich'), whole: true }
    if ((reading?.class === 'YES' || reading?.class === 'ON') && date)
      return take({ birthDate: date, typedDate: undefined })
    return readDate(said.text, scene)
  },
}

function readDate(said: string, scene: Scene): Reading {
  const whole = parseDate(said)
  const read = whole.ok ? whole : parseDate(wordsOf(said).join(' '))
  if (!read.ok) {
    return wholeHint(text(scene, whole.ok || whole.problem !== 'impossible' ? 'birthDateHint' : 'birthDateImpossible'))
  }
  if (read.value > today(scene.facts.office, scene.now)) return wholeHint(text(scene, 'birthDateImpossible'))
  const { nik: number } = pupilOf(scene.answers)
  if (number && !nikAgreesWith(number, read.value)) return take({ typedDate: read.value, birthDate: undefined })
  const note =
    dateOfNik(scene) === read.value ? undefined : text(scene, 'birthDateNoted', { date: formatDate(read.value) })
  return take({ birthDate: number ? read.value : undefined, typedDate: number ? undefined : read.value }, note)
}

function dateOfNik(scene: Scene): string | undefined {
  const { nik: number } = pupilOf(scene.answers)
  return number ? plausibleBirthDate(number, today(scene.facts.office, scene.now)) : undefined
}

const mismatch: Step = {
  ...askChoice({
    label: 'labelBirthDate',
    ask(scene) {
      const { nik: number = '', typedDate = '' } = pupilOf(scene.answers)
      const ofNik = parseNik(number)
      const date = formatDate(typedDate)
      // of the two centuries the number may mean, the one that a pupil can be born in, or else anybody
      const past = ofNik.ok ? ofNik.value.birthDates.filter((one) => one <= today(scene.facts.office, scene.now)) : []
      const nikDate = formatDate(dateOfNik(scene) ?? past.at(-1) ?? typedDate)
      return text(scene, mayBeFamilyCardNumber(number) ? 'mismatchFamilyCard' : 'mismatch', { date, nikDate })
    },
    options: (scene) => [
      { value: 'nik', label: text(scene, 'mismatchNik'), words: ['no kk', 'nomor kk', 'kk', 'nik'] },
      { value: 'birthDate', label: text(scene, 'mismatchDate'), words: ['tanggal', 'tanggal lahir', 'tgl'] },
      { value: 'keep', label: text(scene, 'mismatchKeep'), words: ['sesuai akta', 'sesuai kk'] },
    ],
    words: (said) => (/(?<!\p{L})(?:no|nomor|nomer|nmr)\.?\s*kk(?!\p{L})/iu.test(said) ? 'nik' : undefined),
    taken(value, scene) {
      const { typedDate } = pupilOf(scene.answers)
      if (value === 'nik') return take({ nik: undefined })
      if (value === 'birthDate') return take({ typedDate: undefined })
      return take({ birthDate: typedDate, typedDate: undefined }, text(scene, 'mismatchKept'))
    },
    hint: (scene) => text(scene, 'mismatchHint'),
  }),
}
const mismatchByChoice = mismatch.read
mismatch.read = (said, scene) => {
  // whoever types the number or the date at once need not choose first
  for (const step of [nik, birthDate]) {
    if (!/\d{6}|\d\D+\d{4}/.test(said.text)) break
    const reading = step.read(said, scene)
    if (reading.kind === 'take') return reading
  }
  return mismatchByChoice(said, scene)
}

/** Asked where the office wants it; "ya" might mean either, and is asked again. */
const married: Step = {
  ...askChoice({
    label: 'labelMarried',
    ask: (scene) => text(scene, 'married', { name: pupilOf(scene.answers).name ?? '' }),
    options: () => [
      { value: 'BELUM', label: 'BELUM' },
      { value: 'SUDAH', label: 'SUDAH' },
    ],
    words: (said) => (readClass(said, { yesNo: true })?.class === 'NO' ? 'BELUM' : undefined),
    taken: (value) =>
      take(value === 'BELUM' ? { unmarried: true } : { closed: { why: 'married' } satisfies PupilAnswers['closed'] }),
    hint: (scene) => text(scene, 'marriedHint'),
  }),
  // "belum" is an answer here and no delay
  yesNo: true,
}

const classStep: Step = {
  label: 'labelClass',
  short: 'shortClass',
  ask(scene) {
    const { again, class: now, name: who = '' } = pupilOf(scene.answers)
    if (again === 'class' && now) return { text: text(scene, 'changeClass', { value: now }) }
    return { text: text(scene, 'class', { name: who }) }
  },
  read(said, scene) {
    const typed = said.text
      .replaceAll(/\s+/g, ' ')
      .trim()
      .replace(/^(?:kelas|kls)\.?\s+/i, '')
    const value = tidyClass(wordsOf(typed).join(' ').length === typed.length ? typed : typed.replace(/[\s.,!]+$/, ''))
    const fits = value.length > 0 && value.length <= LONGEST_CLASS && /[\p{L}\d]/u.test(value)
    if (fits && !/\d{4}|[{}*]/.test(value) && !parseDate(value).ok && !readClass(value)) return take({ class: value })
    return wholeHint(text(scene, 'classHint'))
  },
}

/** What this office asks beside the usual: the first question without an answer. */
const question: Step = {
  label: 'labelQuestion',
  ask(scene) {
    const asked = openQuestion(scene)
    const now = asked && pupilOf(scene.answers).extra?.[asked.name]
    if (!asked) return { text: '' }
    return { text: now ? text(scene, 'changeQuestion', { value: now, question: asked.prompt }) : asked.prompt }
  },
  read(said, scene) {
    const asked = openQuestion(scene)
    const value = said.text.replaceAll(/\s+/g, ' ').trim()
    if (!asked || value === '' || value.length > asked.maxLength) {
      return hint(text(scene, 'questionHint', { n: asked?.maxLength ?? 0 }))
    }
    return take({ extra: { ...pupilOf(scene.answers).extra, [asked.name]: value } })
  },
}

/** The office's question that is asked again by UBAH (`question:name`), or the first open one. */
export function openQuestion(scene: Scene) {
  const { extra, again } = pupilOf(scene.answers)
  const { questions } = scene.facts.office
  return questions.find((q) => again === `question:${q.name}`) ?? questions.find((q) => extra?.[q.name] === undefined)
}

const FIELD_NAMES = {
  reason: 'fieldReason',
  name: 'fieldName',
  nik: 'fieldNik',
  birthDate: 'fieldBirthDate',
  class: 'fieldClass',
} as const

/** Two readings of one answer: asked, never guessed. */
const clarify: Step = {
  ...askChoice({
    ask(scene) {
      const field = pupilOf(scene.answers).clarify?.field ?? 'name'
      const choices = numbered(clarifyOptions(scene).map((option) => option.label))
      if (field === 'nik') return text(scene, 'whichNik', { choices })
      return text(scene, 'which', { field: text(scene, FIELD_NAMES[field]), choices })
    },
    options: clarifyOptions,
    taken(value, scene) {
      const asked = pupilOf(scene.answers).clarify
      if (!asked) return take({})
      const reading = FIELDS[asked.field].read({ text: value, files: [], turn: '' }, scene)
      return reading.kind === 'take' ? { ...reading, set: { ...reading.set, clarify: undefined } } : reading
    },
  }),
}

function clarifyOptions(scene: Scene): Option[] {
  const asked = pupilOf(scene.answers).clarify
  return (asked?.readings ?? []).map(({ value }) => ({ value, label: shown(scene, asked?.field ?? 'name', value) }))
}

function shown(scene: Scene, field: ClarifiedField, value: string): string {
  if (field === 'nik') return text(scene, 'endsIn', { digits: value.slice(-4) })
  if (field === 'birthDate') return formatDate(value)
  const known = REASONS.find((code) => field === 'reason' && code === value)
  return known ? reasonLabel(scene, known) : value
}

export const FIELDS: Readonly<Record<ClarifiedField, Step>> = {
  reason: reasonSteps.reason,
  name,
  nik,
  birthDate,
  class: classStep,
}
export const pupilSteps = {
  ...reasonSteps,
  name,
  nik,
  birthDate,
  mismatch,
  married,
  class: classStep,
  question,
  clarify,
}
