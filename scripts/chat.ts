/**
 * A terminal player of the conversation, over an office in memory: no stores, no channel.
 *
 *   npm run chat -- [--clock 2026-12-07T01:10:00Z] [--save FILE.json] [--known] [--office FILE]
 *
 * A line is what a person says. `:files 3`, `:files akta.jpg kk.pdf`, `:late 1` (still downloading), `:fail 1`,
 * `:arrived 5` (what became of file 5), `:choice KIRIM`, `:sticker` (voice, video, location, contact, poll),
 * `:wait 3d`, `:state`, `:help`, `:quit`. With `--save` the session is written as a fixture of
 * tests/conversation/scripts.
 */
import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { loadOffice } from '../src/config/office.ts'
import { span } from '../tests/conversation/fixture.ts'
import type { Fixture } from '../tests/conversation/fixture.ts'
import { OFFICE, World } from '../tests/conversation/world.ts'
import type { Given, SaidFile, SaidInput } from '../tests/conversation/given.ts'

const UNSUPPORTED = ['sticker', 'voice', 'video', 'location', 'contact', 'poll'] as const
const HELP = ':files N|NAMES  :late N  :fail N  :arrived N  :choice V  :sticker  :wait 3d  :state  :quit'

const { values } = parseArgs({
  options: {
    clock: { type: 'string', default: new Date().toISOString() },
    save: { type: 'string' },
    known: { type: 'boolean', default: false },
    office: { type: 'string' },
  },
})
const given: Given = values.known ? {} : { coordinator: null }
const world = new World(given, values.clock, values.office ? loadOffice(values.office) : OFFICE)
const turns: Fixture['turns'][number][] = []
let waited: string | undefined

console.log(HELP)
const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' })
lines.prompt()
for await (const line of lines) {
  if (line.trim() === ':quit') break
  take(line)
  lines.prompt()
}
lines.close()
if (values.save) save(values.save)

function take(line: string): void {
  const [, command, rest = ''] = /^:(\w+)\s*(.*)$/.exec(line.trim()) ?? []
  if (command === 'state') console.log(JSON.stringify(world.session, null, 2))
  else if (command === 'wait') wait(rest)
  else if (command !== undefined) {
    const said = saidBy(command, rest)
    if (said) tell(said)
    else console.log(HELP)
  } else tell({ text: line })
}

function wait(after: string): void {
  try {
    world.pass(span(after))
    waited = after
    console.log(world.now.toISOString())
  } catch (error) {
    console.log(error instanceof Error ? error.message : HELP)
  }
}

function saidBy(command: string, rest: string): SaidInput | undefined {
  const kind = UNSUPPORTED.find((one) => one === command)
  if (kind) return { unsupported: kind }
  if (command === 'choice') return { choice: rest }
  if (command === 'arrived') return { system: { event: 'file', nth: Number(rest) } }
  const extra: SaidFile = command === 'late' ? { late: true } : command === 'fail' ? { fails: true } : {}
  if (!['files', 'late', 'fail'].includes(command)) return undefined
  const names = rest.split(/\s+/).filter((name) => name !== '')
  const [first = '1'] = names
  if (/^\d+$/.test(first)) return { files: Array.from({ length: Number(first) }, () => extra) }
  return { files: names.map((name) => ({ ...extra, name })) }
}

function tell(said: SaidInput): void {
  const heard = world.say(said)
  for (const { text, choices } of heard) {
    console.log(text)
    if (choices?.length) console.log(choices.map((choice) => `[${choice.label}]`).join(' '))
  }
  const state = world.session && { flow: world.session.flow, step: world.session.step }
  turns.push({
    said,
    ...(waited && { after: waited }),
    heard: heard.map((message) => message.text),
    ...(state && { state }),
  })
  waited = undefined
}

function save(path: string): void {
  const name = path.replace(/^.*\//, '').replace(/\.json$/, '')
  const fixture: Fixture = { name, clock: values.clock, given, turns }
  writeFileSync(path, `${JSON.stringify(fixture, null, 2)}\n`)
  console.log(`${turns.length} turns saved to ${path}`)
}
