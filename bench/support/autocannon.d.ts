/** What we use of autocannon, which brings no types. */
declare module 'autocannon' {
  type Request = { method?: string; path?: string; headers?: Record<string, string>; body?: string }
  type Options = {
    url: string
    connections: number
    amount: number
    /** Milliseconds. */
    sampleInt?: number
    requests: readonly (Request & { setupRequest?: (request: Request) => Request })[]
  }
  type Outcome = {
    '2xx': number
    non2xx: number
    errors: number
    /** Seconds. */
    duration: number
    latency: { p50: number; p99: number }
  }
  export default function autocannon(options: Options): Promise<Outcome>
}
