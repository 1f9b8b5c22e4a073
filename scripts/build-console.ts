/** Before `npm start`: the console as its sources are now. */
import { buildConsole } from './support/console-build.ts'

process.exitCode = await buildConsole()
