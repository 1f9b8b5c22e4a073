/**
 * Stands between the service and a store that is a program of its own (redis-server, mongod): tells when it is ready
 * and ends it when the service is gone. Run as `node guardian.ts PID_FILE READY_TEXT COMMAND ARGS…` with an IPC channel.
 */
import { spawn } from 'node:child_process'
import { writePidFile } from './pid-file.ts'

const CLOSE_MS = 4_000

const [pidFile, readyText, command, ...args] = process.argv.slice(2)
if (!pidFile || !readyText || !command) throw new Error('usage: guardian.ts PID_FILE READY_TEXT COMMAND ARGS…')

const store = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
let ready = false
let said = ''
store.stdout.setEncoding('utf8').on('data', (chunk: string) => {
  if (ready) return
  said += chunk
  ready = said.includes(readyText)
  if (ready) process.send?.('ready')
})
store.stderr.pipe(process.stderr)
store.on('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
store.on('exit', (code) => {
  // until it is ready its output says why it did not start; later it is nobody's business
  if (!ready) process.stderr.write(said)
  process.exitCode = code ?? 1
  if (process.connected) process.disconnect()
})

function end(): void {
  store.kill('SIGTERM')
  setTimeout(() => store.kill('SIGKILL'), CLOSE_MS).unref()
}
process.on('SIGTERM', end)
process.on('SIGINT', end)
process.on('disconnect', end)

// after the handlers: a program that ends at once must not be missed
await writePidFile(pidFile, [process.pid, ...(store.pid ? [store.pid] : [])])
