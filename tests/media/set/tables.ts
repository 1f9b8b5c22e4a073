import type { Judged } from './tally.ts'
import {
  comparisons,
  fieldTally,
  FIELDS,
  kindTally,
  legibleTally,
  offers,
  poseTally,
  wrongNames,
  wrongNiks,
} from './tally.ts'

/** The tables of docs/media.md, as Markdown. `spoilt` were photographed so that nobody can read them. */
export function readingTables(judged: readonly Judged[], spoilt: readonly Judged[]): string {
  const all = [...judged, ...spoilt]
  return [values(judged, spoilt), numbers(judged, spoilt), kinds(judged), legibility(all), names(all)].join('\n\n')
}

/** The worst of it, to be looked at. */
function names(judged: readonly Judged[]): string {
  return table(
    ['seed', 'name that was surely read and stands nowhere'],
    wrongNames(judged).map(({ seed, read }) => [seed, read]),
  )
}

function values(judged: readonly Judged[], spoilt: readonly Judged[]): string {
  const groups = [
    ['can be read', judged.filter(({ sample }) => sample.legible === 'yes')],
    ['in between', judged.filter(({ sample }) => sample.legible === 'between')],
    ['nobody can read', [...judged.filter(({ sample }) => sample.legible === 'no'), ...spoilt]],
  ] as const
  const rows = groups.flatMap(([name, group]) =>
    FIELDS.map((field) => {
      const { there, read, wrong, withBlanks } = fieldTally(group, field)
      const blanks = field === 'name' ? withBlanks : ''
      return [`${name} (${group.length})`, field, there, read, blanks, wrong]
    }),
  )
  return table(['pages', 'field', 'printed', 'read exactly', 'with its blanks', 'wrong, but surely'], rows)
}

function numbers(sent: readonly Judged[], spoilt: readonly Judged[]): string {
  const { pages, upright, level } = poseTally(sent)
  const judged = [...sent, ...spoilt]
  const right = comparisons(judged, false)
  const wrong = comparisons(judged, true)
  const offer = offers(judged)
  const misread = wrongNiks(judged)
  return table(
    ['question', 'answer'],
    [
      ['pages set upright', `${upright} of ${pages}`],
      ['of those level within 1°', level],
      ['NIKs read surely that stand nowhere on the page', misread.length],
      ['pupil’s NIK typed rightly: said to differ (false alarm)', right.differs],
      ['… agrees / nothing said', `${right.agrees} / ${right.unsaid}`],
      ['pupil’s NIK typed with one wrong figure: said to differ', wrong.differs],
      ['… **silently accepted** / nothing said', `**${wrong.agrees}** / ${wrong.unsaid}`],
      ['papers that offer a NIK / a name', `${offer.nik} / ${offer.name} of ${offer.papers}`],
      ['… wrong ones among them', offer.wrong],
    ],
  )
}

function kinds(judged: readonly Judged[]): string {
  return confusion('printed as', kindTally(judged))
}

function legibility(judged: readonly Judged[]): string {
  return confusion('made to be legible', legibleTally(judged))
}

function confusion(corner: string, counts: ReadonlyMap<string, number>): string {
  const pairs = [...counts.keys()].map((key) => key.split('>'))
  const truths = [...new Set(pairs.map(([truth = '']) => truth))].toSorted()
  const seen = [...new Set(pairs.map(([, said = '']) => said))].toSorted()
  return table(
    [corner, ...seen.map((said) => `seen as ${said}`)],
    truths.map((truth) => [truth, ...seen.map((said) => counts.get(`${truth}>${said}`) ?? 0)]),
  )
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row))].join('\n')
}
