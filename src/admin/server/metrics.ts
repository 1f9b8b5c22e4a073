import { Histogram } from 'prom-client'
import type { Registry } from 'prom-client'

const NAME = 'http_request_seconds'

/** Counts and times requests by route pattern; two servers of one process share the figures. */
export function httpMetrics(
  registry: Registry,
): (of: { method: string; route: string; status: number }, seconds: number) => void {
  const known = registry.getSingleMetric(NAME)
  const histogram =
    known instanceof Histogram
      ? known
      : new Histogram({
          name: NAME,
          help: 'Seconds from a request to the end of its answer, by route pattern',
          labelNames: ['method', 'route', 'status'],
          buckets: [0.002, 0.005, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
          registers: [registry],
        })
  return ({ method, route, status }, seconds) => histogram.observe({ method, route, status: String(status) }, seconds)
}
