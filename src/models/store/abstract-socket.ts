import { connect } from 'node:net'
import type { Server, Socket } from 'node:net'

/** Names of this service in Linux' abstract namespace of sockets. */
const address = (name: string): string => `\0smart-kids-${name}`

/**
 * Listens at a name in Linux' abstract namespace: exclusive on the machine, and gone with the processes that hold it
 * however they die. False where another one listens there.
 */
export function listenAlone(server: Server, name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if ('code' in error && error.code === 'EADDRINUSE') resolve(false)
      else reject(error)
    })
    server.listen(address(name), () => resolve(true))
  })
}

/** To whoever listens there. */
export function connectTo(name: string): Socket {
  return connect(address(name))
}
