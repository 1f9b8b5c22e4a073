// A process that is killed while its media worker looks at a file. Prints the worker's process id.
import { PortraitSchema } from '../../src/config/portrait-schema.ts'
import { createLog } from '../../src/config/log.ts'
import { createExaminer } from '../../src/media/examiner.ts'

const examiner = createExaminer({ log: createLog('silent'), portrait: PortraitSchema.parse({ background: 'ODD_RED' }) })
await examiner.probe()
process.stdout.write(`${examiner.pid()}\n`, () => process.kill(process.pid, 'SIGKILL'))
