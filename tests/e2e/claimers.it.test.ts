import { expect, onTestFinished, test } from 'vitest'
import { connectDatabase } from '../../src/models/store/connect.ts'
import { dropDatabase, freshDatabaseUri } from '../support/stores.ts'
import { proveClaims } from './claimers.ts'

test('64 claimers in 4 processes: none twice, none missing, in the order of the keys', async () => {
  const uri = freshDatabaseUri()
  onTestFinished(async () => dropDatabase(await connectDatabase(uri)))
  const result = await proveClaims(uri, { items: 500, claimers: 64, processes: 4 })
  expect(result).toMatchObject({ twice: 0, missing: 0, outOfOrder: 0 })
}, 120_000)
