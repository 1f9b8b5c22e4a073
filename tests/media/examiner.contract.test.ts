import { onTestFinished } from 'vitest'
import { loadOffice } from '../../src/config/office.ts'
import { createLog } from '../../src/config/log.ts'
import { createExaminer } from '../../src/media/examiner.ts'
import { examinerContract } from '../contracts/examiner.ts'
import { fakeExaminer } from './fake-examiner.ts'

const OFFICE = loadOffice(new URL('../../office/balangan.yaml', import.meta.url).pathname)

examinerContract('the fake', () => Promise.resolve(fakeExaminer()))
examinerContract('the process that looks', () => {
  const examiner = createExaminer({ log: createLog('silent'), portrait: OFFICE.portrait })
  onTestFinished(() => examiner.close())
  return Promise.resolve((file) => examiner.examine(file))
})
