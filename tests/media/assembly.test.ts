import { expect, test } from 'vitest'
import { createAssembly } from '../../src/media/assembly.ts'
import type { PageNews } from '../../src/media/worker/protocol.ts'
import type { PageLook } from '../../src/models/file/look.ts'

const read: PageLook = {
  width: 10,
  height: 20,
  turn: 0,
  skew: 0,
  text: 'read',
  lines: [],
  values: [],
  legibility: { lineHeight: 20, sharpness: 1, legible: true },
}

function page(index: number, more: Partial<PageNews> = {}): PageNews {
  const renditions = [{ page: index + 1, size: 'page' as const, jpeg: Buffer.from(`page ${index + 1}`) }]
  return { news: 'page', index, width: 10, height: 20, renditions, ...more }
}

test('a file that was never opened is refused, and so is one of which nothing could be drawn', () => {
  const assembly = createAssembly()
  expect(assembly.examined('encrypted')).toEqual({ look: { opened: false, refusal: 'encrypted' }, renditions: [] })
  assembly.opened(3)
  expect(assembly.examined('broken')).toEqual({ look: { opened: false, refusal: 'broken' }, renditions: [] })
})

test('a second try goes on where the first one died, and what was not read is named', () => {
  const assembly = createAssembly()
  assembly.opened(3)
  assembly.add(page(0, { look: read, pictureHash: 'f862ea89606a541d' }))
  expect(assembly.next()).toBe(1)
  assembly.add(page(1))
  assembly.add(page(2))
  const { look, renditions } = assembly.examined('broken')
  expect(look).toMatchObject({ opened: true, total: 3, pictureHash: 'f862ea89606a541d', missing: ['reading'] })
  expect(look.opened && look.pages.map(({ text }) => text)).toEqual(['read', 'none', 'none'])
  expect(renditions.map(({ jpeg }) => jpeg.toString())).toEqual(['page 1', 'page 2', 'page 3'])
})

test('a page that could not be drawn leaves its place, and nothing is said against it', () => {
  const assembly = createAssembly()
  assembly.opened(2)
  assembly.add(page(1, { look: read }))
  const { look } = assembly.examined('broken')
  expect(look.opened && look.pages).toMatchObject([{ text: 'none', legibility: { legible: true } }, { text: 'read' }])
})

test('of forty pages twelve are looked at and all that were drawn are kept', () => {
  const assembly = createAssembly()
  assembly.opened(40)
  for (let i = 0; i < 40; i++) assembly.add(page(i, i < 12 ? { look: read } : {}))
  const { look, renditions } = assembly.examined('broken')
  expect(look).toMatchObject({ opened: true, total: 40, missing: [] })
  expect(look.opened && look.pages).toHaveLength(12)
  expect(renditions).toHaveLength(40)
})
