/**
 * What looking at files comes to, in the very process that the service uses, and the portraits it proposes.
 *
 *   npm run media -- FILE… [--born 2015-07-01] [--text] [--out FOLDER] [--office FILE]
 *
 * `--born` is the pupil's birth date: the background is judged by it, and replaced where the edge of the person allows.
 * `--text` prints the lines that were read. Proposals go to `--out` (default: hasil-media). Nothing else is stored, and
 * nothing leaves the machine.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join, parse } from 'node:path'
import { parseArgs } from 'node:util'
import { createLog } from '../src/config/log.ts'
import { loadOffice } from '../src/config/office.ts'
import { portraitBackground } from '../src/config/portrait-background.ts'
import type { Office } from '../src/config/office-schema.ts'
import { say } from '../src/conversation/texts/texts.ts'
import { createExaminer } from '../src/media/examiner.ts'
import type { Examiner } from '../src/media/examiner.ts'
import { mediaTypeOf } from '../src/media/kind.ts'
import { portraitFindings } from '../src/media/portrait/findings.ts'
import type { PortraitFinding } from '../src/media/portrait/findings.ts'
import type { Background, Look, PageLook, PortraitLook } from '../src/models/file/look.ts'

const WORTH = { heavy: 'FOTO ULANG', check: 'PERIKSA', note: 'CATATAN' } as const

async function main(): Promise<void> {
  const { values, positionals: files } = parseArgs({
    allowPositionals: true,
    options: {
      born: { type: 'string' },
      text: { type: 'boolean', default: false },
      out: { type: 'string', default: 'hasil-media' },
      office: { type: 'string', default: 'office/balangan.yaml' },
    },
  })
  if (files.length === 0) {
    console.error('usage: npm run media -- FILE… [--born 2015-07-01] [--text] [--out FOLDER] [--office FILE]')
    process.exitCode = 2
    return
  }
  const office = loadOffice(values.office)
  const background = values.born === undefined ? undefined : portraitBackground({ birthDate: values.born }, office)
  const examiner = createExaminer({ log: createLog('warn'), portrait: office.portrait })
  try {
    for (const file of files) await tell({ file, office, background, examiner, text: values.text, out: values.out })
  } finally {
    await examiner.close()
  }
}

type Telling = {
  file: string
  office: Office
  background: Background | undefined
  examiner: Examiner
  text: boolean
  out: string
}

async function tell({ file, office, background, examiner, text, out }: Telling): Promise<void> {
  const bytes = await readFile(file).catch(() => undefined)
  if (!bytes) {
    console.error(`\n${file}  tidak dapat dibaca`)
    process.exitCode = 1
    return
  }
  const mediaType = mediaTypeOf(bytes)
  console.log(`\n${basename(file)}  ${mediaType ?? 'jenis tidak dikenal'}, ${Math.round(bytes.length / 1000)} kB`)
  if (!mediaType) return
  const begun = performance.now()
  const { look, proposal } = await examiner.examine({ bytes, mediaType })
  const took = `${Math.round(performance.now() - begun)} ms`
  if (!look.opened) return console.log(`  tidak dapat dibuka: ${look.refusal} (${took})`)
  console.log(`  ${look.total} halaman, ${took}${missing(look)}`)
  for (const [i, page] of look.pages.entries()) tellPage(page, i + 1, text)
  if (!look.portrait) return
  tellPortrait(look.portrait, office, background)
  const { proposal: edit, replaceable } = look.portrait
  const name = parse(file).name
  if (proposal) await keep(join(out, `${name}.jpg`), proposal, out)
  if (edit && background && replaceable) {
    const jpeg = await examiner.render({ bytes, mediaType, edit: { ...edit, background } })
    await keep(join(out, `${name}.${say(office, background)}.jpg`), jpeg, out)
  }
}

function missing(look: Extract<Look, { opened: true }>): string {
  return look.missing.length === 0 ? '' : `, tanpa: ${look.missing.join(', ')}`
}

function tellPage({ width, height, turn, kind, lines, values, legibility }: PageLook, page: number, text: boolean) {
  const seen = kind ? `${kind.kind} (${percent(kind.confidence)})` : 'jenis tidak dikenal'
  const lies = turn === 0 ? '' : `, diputar ${turn}°`
  const read = `${lines.length} baris${legibility.legible ? '' : ', tidak terbaca'}`
  console.log(`  halaman ${page}: ${seen}, ${width}×${height}${lies}, ${read}`)
  for (const { field, value, confidence } of values) console.log(`    ${field}: ${value} (${percent(confidence)})`)
  if (text) for (const line of lines) console.log(`    | ${line.text}`)
}

function tellPortrait(look: PortraitLook, office: Office, background: Background | undefined): void {
  const { face } = look
  console.log(`  wajah: ${look.faces}${look.doubtful > 0 ? ` dan ${look.doubtful} yang diragukan` : ''}`)
  if (face) {
    const { headHeight, roll, yaw, eyesOpen, mean, nvol, reblur, confidence } = face
    console.log(
      `    tinggi kepala ${Math.round(headHeight)} px, miring ${roll.toFixed(1)}°, menoleh ${yaw.toFixed(2)}, mata ` +
        `${eyesOpen.toFixed(2)}, cahaya ${Math.round(mean)}, nvol ${nvol.toFixed(1)}, reblur ${reblur.toFixed(2)}, ` +
        `yakin ${percent(confidence)}`,
    )
    const { colour, share, soft } = look.background
    console.log(
      `    latar ${colour} (${percent(share)}), tepi lunak ${percent(soft)}, di luar foto ${percent(look.missing)}, ` +
        `latar ${look.replaceable ? 'dapat' : 'tidak dapat'} diganti`,
    )
  }
  const findings = portraitFindings(look, office.portrait, background)
  if (findings.length === 0) console.log('  baik')
  for (const finding of findings) console.log(`  ${sentenceOf(finding, office, background)}`)
}

function sentenceOf({ code, severity, detail }: PortraitFinding, office: Office, background: Background | undefined) {
  const colour = background === undefined ? '' : say(office, background)
  const measured = `${detail?.['value']} (batas ${detail?.['limit']})`
  return `${WORTH[severity]} ${code} ${measured}: ${say(office, code, { background: colour })}`
}

async function keep(path: string, jpeg: Uint8Array, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(path, jpeg)
  console.log(`  → ${path} (${Math.round(jpeg.length / 1000)} kB)`)
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

await main()
