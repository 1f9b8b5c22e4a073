import { expect, test } from 'vitest'
import type { DocumentKind, StoredDocument } from '../../../src/models/application/application.ts'
import { corrected, joined, numbered } from '../../../src/queue/submissions/documents.ts'

const AT = new Date('2026-12-07T01:00:00Z')
const paper = (id: string, kind: DocumentKind, page = 1): StoredDocument => ({
  id,
  kind,
  page,
  mediaType: 'image/jpeg',
  blob: id,
  at: AT,
  findings: [],
})
const shown = (documents: readonly StoredDocument[]): string[] =>
  documents.map(({ id, kind, page, supersededAt }) => `${id} ${kind} ${page}${supersededAt ? ' replaced' : ''}`)
const before = [paper('a', 'family_card'), paper('b', 'family_card', 2), paper('c', 'other'), paper('d', 'other', 2)]

test('a file that joins takes the place of its own page and of no other', () => {
  expect(shown(joined(before, [paper('e', 'family_card', 2)], AT))).toEqual([
    'a family_card 1',
    'b family_card 2 replaced',
    'c other 1',
    'd other 2',
    'e family_card 2',
  ])
})
test('a correction takes the place of all pages of its kind', () => {
  expect(shown(corrected(before, [paper('e', 'family_card')], AT)).slice(0, 2)).toEqual([
    'a family_card 1 replaced',
    'b family_card 2 replaced',
  ])
})
test('papers that nobody has named are further pages, whichever way they come', () => {
  const fresh = [paper('e', 'other'), paper('f', 'other')]
  const all = ['a family_card 1', 'b family_card 2', 'c other 1', 'd other 2', 'e other 3', 'f other 4']
  expect(shown(joined(before, fresh, AT))).toEqual(all)
  expect(shown(corrected(before, fresh, AT))).toEqual(all)
  expect(shown(numbered(before, fresh))).toEqual(all.slice(4))
})
