import type { Answers } from '../../models/chat/session.ts'
import type { CoordinatorRole } from '../../models/chat/turn.ts'
import { parseName } from '../../models/identity/name.ts'
import { parseNpsn } from '../../models/school/school.ts'
import { agreedTo, consentOf, registrationText } from '../consent.ts'
import type { Agreement } from '../consent.ts'
import { hint, take, wholeHint } from '../definition.ts'
import type { ConversationDefinition, Scene, Step } from '../definition.ts'
import { timeOfDay } from '../hours.ts'
import { readRegistration } from '../reading/registration.ts'
import { isRoleAlone, readRole, roleInsteadOfName, splitNameAndRole } from '../reading/role.ts'
import { isAnswerWord, readClass, saysWord } from '../reading/words.ts'
import { askChoice, askYesNo, text } from '../steps.ts'
import type { TextName } from '../texts/id.ts'
import { join } from '../texts/texts.ts'

type RegisterAnswers = {
  consent?: Agreement
  npsn?: string
  schoolConfirmed?: boolean
  /** The code that fits, or `none` for BELUM. */
  invitation?: string
  ownName?: string
  ownRole?: CoordinatorRole
}
const answersOf = (scene: Scene): RegisterAnswers => scene.answers as RegisterAnswers

const ROLE_NAMES = {
  operator: 'roleOperator',
  teacher: 'roleTeacher',
  head: 'roleHead',
  administration: 'roleAdministration',
} as const satisfies Record<CoordinatorRole, TextName>

/** "Selamat pagi, Bapak/Ibu. Terima kasih telah menghubungi …" */
export function welcome(scene: Scene): string {
  const { office } = scene.facts
  return text(scene, 'welcome', { greeting: text(scene, 'greeting', { time: timeOfDay(office, scene.now) }) })
}

const consent: Step = {
  ask: (scene) => ({
    text: join(welcome(scene), text(scene, 'consent')),
    choices: [
      { value: 'SETUJU', label: 'SETUJU' },
      { value: 'PETUGAS', label: 'PETUGAS' },
    ],
  }),
  read(said, scene) {
    const told = toldOf(said.text, scene)
    // "setuju, tapi …" is none; what names a school behind it is an answer more
    const [first = ''] = said.text.split(/[\n,;.]/)
    if (!agrees(said.text) && !(agrees(first) && told.npsn)) return wholeHint(text(scene, 'consentHint'))
    const consent = agreedTo(registrationText(scene.facts.office), said, scene.now)
    return take({ consent, ...told.set }, told.note)
  },
}

function agrees(said: string): boolean {
  return saysWord(said, 'setuju') || readClass(said)?.class === 'YES'
}

/** The school that a message names, and what stands beside it: kept, and told where the next question opens. */
function toldOf(said: string, scene: Scene): { npsn?: string; set: Answers; note?: string } {
  const alone = parseNpsn(said)
  const { npsn: found, name, role } = alone === undefined ? readRegistration(said) : { npsn: alone }
  if (found === undefined) return { set: {} }
  const known = scene.facts.school?.npsn === found
  const list = [name, role && text(scene, ROLE_NAMES[role])].filter((part) => part !== undefined).join('; ')
  const unknown = known ? undefined : text(scene, 'npsnUnknown', { npsn: found })
  const note = join(list === '' ? undefined : text(scene, 'noted', { list }), unknown)
  const own = { ...(name !== undefined && { ownName: name }), ...(role && { ownRole: role }) }
  return { npsn: found, set: { ...(known && { npsn: found }), ...own }, ...(note && { note }) }
}

const npsn: Step = {
  ask: (scene) => ({ text: text(scene, 'npsn') }),
  read(said, scene) {
    const { npsn: found, set, note = '' } = toldOf(said.text, scene)
    if (!found) return hint(text(scene, 'npsnShape'))
    return 'npsn' in set ? take(set, note) : { kind: 'hint', text: note, whole: true, set }
  },
}

const confirmSchool = askYesNo({
  ask(scene) {
    const { npsn: asked = '' } = answersOf(scene)
    const school = scene.facts.school
    return text(scene, 'confirmSchool', {
      npsn: asked,
      school: school?.name ?? '',
      kecamatan: school?.kecamatan ?? '',
    })
  },
  words: ['YA', 'BUKAN'],
  yes: () => take({ schoolConfirmed: true }),
  no: () => take({ npsn: undefined }),
  hint: 'yesOrNotHint',
})

const confirmed = confirmSchool.read
confirmSchool.read = (said, scene) => {
  const { npsn: other } = toldOf(said.text, scene)
  // "bukan, 69900015": the other school is the answer
  if (other === undefined || other === answersOf(scene).npsn) return confirmed(said, scene)
  const reading = npsn.read(said, scene)
  return reading.kind === 'hint' ? { ...reading, set: { ...reading.set, npsn: undefined } } : reading
}

const invitation: Step = {
  late: true,
  ask: (scene) => ({ text: text(scene, 'invitation'), choices: [{ value: 'BELUM', label: 'BELUM' }] }),
  read(said, scene) {
    const word = readClass(said.text)?.class
    if (word === 'LATER' || word === 'NONE' || word === 'NO') return take({ invitation: 'none' })
    if (scene.facts.invitation?.fits) return take({ invitation: scene.facts.invitation.code })
    return hint(text(scene, 'invitationWrong'))
  },
}

const ownName: Step = {
  named: true,
  ask: (scene) => ({ text: text(scene, 'ownName') }),
  read(said, scene) {
    const told = roleInsteadOfName(said.text)
    // whoever says it again after that is called so (Guru Penguji), unless it is a role and nothing else
    if (told && told !== answersOf(scene).ownRole)
      return take({ ownRole: told }, text(scene, 'noted', { list: text(scene, ROLE_NAMES[told]) }))
    const { name, role } = splitNameAndRole(said.text)
    const read = parseName(name)
    if (!read.ok || isAnswerWord(said.text) || isRoleAlone(said.text)) return wholeHint(text(scene, 'nameHint'))
    return take({ ownName: read.value, ...(role && { ownRole: role }) })
  },
}

const ownRole = askChoice({
  ask: (scene) => text(scene, 'ownRole'),
  options: (scene) => Object.entries(ROLE_NAMES).map(([value, label]) => ({ value, label: text(scene, label) })),
  words: readRole,
  taken: (value) => take({ ownRole: value }),
})

/** A coordinator of a school, known by this chat from then on. */
export const register: ConversationDefinition = {
  name: 'register',
  version: 1,
  steps: { consent, npsn, confirmSchool, invitation, ownName, ownRole },

  next(scene) {
    const a = answersOf(scene)
    if (!a.consent) return 'consent'
    if (!a.npsn || !scene.facts.school) return 'npsn'
    if (!a.schoolConfirmed) return 'confirmSchool'
    if (!a.invitation && !scene.facts.school.sample) return 'invitation'
    if (!a.ownName) return 'ownName'
    return a.ownRole ? 'done' : 'ownRole'
  },

  previous(step) {
    // the consent and the school are not asked twice: the question before the name is whether it is this school
    return step === 'confirmSchool' || step === 'invitation' || step === 'ownName' ? 'npsn' : undefined
  },

  /** KEMBALI forgets what lies behind the question that it leads to; a code that came with /start is used where it fits. */
  settle(scene) {
    const { schoolConfirmed, invitation: before = 'none' } = answersOf(scene)
    const came = scene.memory['invitation'] === scene.facts.invitation?.code && scene.facts.invitation?.fits
    if (came && schoolConfirmed && before === 'none') {
      return { ...scene.answers, invitation: scene.facts.invitation?.code }
    }
    if (scene.answers['again'] !== 'npsn') return scene.answers
    const { again: _, npsn: _npsn, schoolConfirmed: _confirmed, invitation: _invitation, ...rest } = scene.answers
    return rest
  },

  finish(scene) {
    const a = answersOf(scene)
    const { npsn: school = '', ownName: name = '', ownRole: role = 'operator', invitation: code } = a
    const agreed = { agreement: a.consent, text: registrationText(scene.facts.office), now: scene.now }
    const limit = scene.facts.office.drafts.unapprovedLimit
    return {
      flow: 'submit',
      answers: {},
      memory: { invitation: undefined, registered: true },
      reply: (next) => ({
        kind: 'register',
        npsn: school,
        name,
        role,
        consent: consentOf(name, agreed),
        ...(code && code !== 'none' && { invitation: code }),
        reply: {
          approved: next,
          pending: { ...next, text: join(text(scene, 'registeredPending', { limit }), next.text) },
        },
      }),
    }
  },
}
