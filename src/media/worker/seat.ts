import { createServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { totalmem } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { connectTo, listenAlone } from '../../models/store/abstract-socket.ts'

/** The right to have a media worker. Whoever has one holds the seat from before its start until it is gone. */
export type Seat = {
  /** Waits for the seat, unless it is held already. False: the seat was closed meanwhile. */
  take(): Promise<boolean>
  /** The worker is gone: whoever waits is next. */
  leave(): void
  /** Whether somebody else waits for the seat that is held here. */
  wanted(): boolean
  /** Called when somebody begins to wait for the seat that is held here. */
  onWanted(listener: () => void): void
  /** File descriptors that a worker is to inherit: while it lives the seat is taken, though its parent were killed. */
  held(): readonly number[]
  /** Nobody takes it any more; who waits here is told. */
  close(): void
}

/** On less memory than this, in bytes, one media worker at a time is all that there is room for. */
const ROOM_FOR_MORE = 4e9
/** Who gave way lets the others go first. They hear of it at once. */
const GIVING_WAY_MS = 200

/**
 * On a small machine one seat for all processes of it (Linux; of a container, its own), elsewhere one for each process.
 * `memory` in bytes: what this process may use of the machine's.
 */
export function createSeat({ memory = usableMemory(), name = 'media-worker' } = {}): Seat {
  return memory < ROOM_FOR_MORE && process.platform === 'linux' ? onlySeat(name) : ownSeat()
}

/** A container may have less than its machine. */
function usableMemory(): number {
  // zero where nothing is known of a bound
  return Math.min(totalmem(), process.constrainedMemory() || Infinity)
}

function ownSeat(): Seat {
  let closed = false
  return {
    take: () => Promise.resolve(!closed),
    leave: () => undefined,
    wanted: () => false,
    onWanted: () => undefined,
    held: () => [],
    close: () => void (closed = true),
  }
}

/** Taken by listening at a name that only one can listen at; who waits is connected to whoever listens. */
function onlySeat(name: string): Seat {
  let closed = false
  let server: Server | undefined
  let holder: Socket | undefined
  let wish: () => void = () => undefined
  let othersFirst = Promise.resolve()
  const waiting = new Set<Socket>()

  async function take(): Promise<boolean> {
    await othersFirst
    while (!closed && !server) {
      const tried = createServer(admit)
      if (await listenAlone(tried, name)) server = tried.unref()
      else await holderGone()
    }
    // closed while it was being taken
    if (closed) leave()
    return !closed
  }

  function admit(socket: Socket): void {
    waiting.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => waiting.delete(socket))
    socket.unref().resume()
    wish()
  }

  /** Also where it is gone already, or this seat was closed. */
  async function holderGone(): Promise<void> {
    const socket = connectTo(name)
    holder = socket
    await new Promise<void>((resolve) => {
      // says nothing that is worth hearing: its end is told by `close`
      socket.on('error', () => undefined)
      socket.on('close', () => resolve())
      socket.resume()
    })
    holder = undefined
  }

  function leave(): void {
    if (waiting.size > 0) othersFirst = delay(GIVING_WAY_MS)
    server?.close()
    server = undefined
    for (const socket of waiting) socket.destroy()
  }

  return {
    take,
    leave,
    wanted: () => waiting.size > 0,
    onWanted: (listener) => void (wish = listener),
    held: () => (server ? [descriptorOf(server)] : []),
    close: () => {
      closed = true
      holder?.destroy()
    },
  }
}

/** A socket that listens can be handed on as a descriptor only, and the library shows it at its handle only. */
function descriptorOf(server: Server): number {
  return (server as unknown as { _handle: { fd: number } })._handle.fd
}
