/**
 * A thread of the media worker that ends it when its parent is gone. The main thread would hear of that by its channel,
 * but not while it hangs in a decoder.
 */
const LOOK_MS = 1_000

const parent = process.ppid
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
}, LOOK_MS)
