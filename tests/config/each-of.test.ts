import { expect, test } from 'vitest'
import { eachOf } from '../../src/config/each-of.ts'
import { createLog } from '../../src/config/log.ts'

function recording() {
  const lines: string[] = []
  return { lines, log: createLog('warn', { write: (line) => lines.push(line) }) }
}

test('one row that fails does not stop the others; it is logged with its ids and told', async () => {
  const { log, lines } = recording()
  const [done, failed]: [string[], string[]] = [[], []]
  const work = async (row: string) => {
    if (row === 'b') throw new Error('a broken row')
    done.push(row)
  }
  const how = { log, what: 'not done', ids: (row: string) => ({ row }), failed: (row: string) => failed.push(row) }
  expect(await eachOf(['a', 'b', 'c'], how, work)).toBe(2)
  expect([done, failed]).toEqual([['a', 'c'], ['b']])
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([{ row: 'b', msg: 'not done' }])
})

test('rows are worked in order, one after another, as they are read', async () => {
  const { log } = recording()
  const seen: string[] = []
  async function* rows() {
    for (const row of ['a', 'b']) {
      seen.push(`read ${row}`)
      yield row
    }
  }
  await eachOf(rows(), { log, what: 'not done' }, async (row) => void seen.push(`done ${row}`))
  expect(seen).toEqual(['read a', 'done a', 'read b', 'done b'])
})

test('rows that cannot be read fail the round', async () => {
  const { log } = recording()
  async function* rows(): AsyncGenerator<string> {
    yield 'a'
    throw new Error('the store is away')
  }
  await expect(eachOf(rows(), { log, what: 'not done' }, () => Promise.resolve())).rejects.toThrow('away')
})
