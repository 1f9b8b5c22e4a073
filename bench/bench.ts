import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { run as claims } from './claims.ts'
import { run as dump } from './dump.ts'
import { run as engine } from './engine.ts'
import { run as media } from './media.ts'
import { run as memory } from './memory.ts'
import { run as next } from './next-case.ts'
import { run as portrait } from './portrait.ts'
import { run as list } from './queue-list.ts'
import { run as reading } from './reading.ts'
import { run as search } from './search.ts'
import { run as turns } from './turns.ts'
import { run as webhook } from './webhook.ts'
import { run as whatsapp } from './whatsapp.ts'
import { machineLines } from './support/machine.ts'
import { reached, sizesOf } from './support/result.ts'
import type { Bench, Result } from './support/result.ts'
import { sectionOf } from './support/table.ts'

const BENCHES: Readonly<Record<string, Bench>> = {
  webhook,
  turns,
  claims,
  list,
  next,
  search,
  engine,
  dump,
  memory,
  media,
  reading,
  whatsapp,
  portrait,
}
const PAGE = new URL('../docs/performance.md', import.meta.url)

/** `npm run bench -- [NAME…] [--quick] [--write]`: all benches, or those named; `--write` refreshes docs/performance.md. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
  })
  const names = positionals.length > 0 ? positionals : Object.keys(BENCHES)
  const unknown = names.filter((name) => !BENCHES[name])
  if (unknown.length > 0) throw new Error(`no such bench: ${unknown.join(', ')} (${Object.keys(BENCHES).join(', ')})`)
  if (values.quick && values.write) throw new Error('a quick run proves nothing and is not written down')
  const sizes = sizesOf(values.quick)
  const results: [string, Result][] = []
  console.log(machineLines())
  for (const name of names) {
    const begun = performance.now()
    const result = await BENCHES[name]!(sizes)
    results.push([name, result])
    console.log(`\n${sectionOf(result)}\n(${((performance.now() - begun) / 1000).toFixed(0)} s)`)
  }
  const missed = results.flatMap(([, { rows }]) => rows.filter((row) => reached(row) === false))
  console.log(missed.length === 0 ? '\nEvery goal is reached.' : `\n${missed.length} goals are not reached.`)
  if (values.write) await writePage(results)
}

async function writePage(results: readonly (readonly [string, Result])[]): Promise<void> {
  let page = await readFile(PAGE, 'utf8')
  for (const [name, result] of results) page = replaced(page, name, sectionOf(result))
  page = replaced(page, 'machine', machineLines())
  await writeFile(PAGE, page)
}

/** What stands between `<!-- name -->` and `<!-- /name -->` is made anew. Throws where the page has no such place. */
function replaced(page: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const from = page.indexOf(open)
  const to = page.indexOf(close)
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no place for ${name}`)
  return `${page.slice(0, from + open.length)}\n\n${text}\n\n${page.slice(to)}`
}

await main()
