import { createRequire } from 'node:module'
import type { Socket } from 'node:net'
import mongoose from 'mongoose'

type DriverConnection = { socket: Socket; onClose: () => void }

// the driver that mongoose uses, whatever else lies beside it
const ofMongoose = createRequire(createRequire(import.meta.url).resolve('mongoose'))

/**
 * The driver (mongodb 7.8.0, `Connection.writeCommand`) waits for a socket's `drain` and minds its `error`, but not its
 * `close`: a command that waits to be written when its socket closes never ends. Where it is the monitor's own, the
 * process never finds the engine again; the crash proof with split roles met it after a kill of the stores. A closed
 * socket fails whoever waits to write, until the driver does it itself.
 */
export function failClosedWrites(): void {
  const { Connection } = ofMongoose('mongodb/lib/cmap/connection.js') as { Connection: { prototype: DriverConnection } }
  const { onClose } = Connection.prototype
  if (onClose.name === failing.name) return
  Connection.prototype.onClose = failing

  function failing(this: DriverConnection): void {
    if (this.socket.listenerCount('drain') > 0) {
      this.socket.emit(
        'error',
        new mongoose.mongo.MongoNetworkError('the socket closed before the command was written'),
      )
    }
    onClose.call(this)
  }
}
