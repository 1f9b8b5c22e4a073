import { readFileSync } from 'node:fs'
import { LineCounter, parseDocument } from 'yaml'
import { OfficeSchema } from './office-schema.ts'
import type { Office } from './office-schema.ts'

/** The office file is wrong; `problems` are sentences as `office/x.yaml:12: retention.drafts: …`. */
export class OfficeFileError extends Error {
  override readonly name = 'OfficeFileError'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`the office file cannot be used:\n${problems.join('\n')}`)
    this.problems = problems
  }
}

/** Reads and checks an office file. Throws `OfficeFileError`, which names the line of each problem. */
export function loadOffice(path: string): Office {
  return parseOffice(read(path), path)
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new OfficeFileError([`${path}: cannot be read (${code})`])
  }
}

/** Checks the text of an office file; `name` stands before the line in problems. */
export function parseOffice(text: string, name: string): Office {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  if (document.errors.length > 0) {
    throw new OfficeFileError(document.errors.map((e) => `${name}:${lines.linePos(e.pos[0]).line}: ${e.message}`))
  }
  const result = OfficeSchema.safeParse(document.toJS())
  if (result.success) return result.data
  throw new OfficeFileError(
    result.error.issues.map((issue) => {
      const line = lineOf(issue.path)
      return `${name}:${line}: ${issue.path.map(String).join('.')}: ${issue.message}`
    }),
  )

  /** The line of the value, or of the nearest thing around it that the file has. */
  function lineOf(path: readonly PropertyKey[]): number {
    for (let length = path.length; length >= 0; length--) {
      const node: unknown = length ? document.getIn(path.slice(0, length), true) : document.contents
      if (node && typeof node === 'object' && 'range' in node && Array.isArray(node.range)) {
        return lines.linePos(Number(node.range[0])).line
      }
    }
    return 1
  }
}
