import { existsSync } from 'node:fs'
import { join, sep } from 'node:path'
import serveFiles from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AdminDeps } from '../deps.ts'
import { problem, sendProblem } from './problems.ts'

/** Where an unknown address is an error and no page of the console. */
const NO_PAGES = /^\/(?:api|assets|demo|u|telegram|whatsapp|healthz|readyz|metrics)(?:\/|$)/
/** A page of the console has a plain address: no dots, nothing encoded; of another it says that there is none. */
const PAGE = /^\/[\w/-]*$/
/** What would climb out of a folder is no slip of whoever types an address. */
const CLIMBS = /\.\.|%(?:2f|5c|00)/i
const NOT_BUILT =
  '<!doctype html><html lang="id"><meta charset="utf-8"><title>Smart Kids</title>' +
  '<p>Konsol belum dibangun. Jalankan <code>npm run build</code>, lalu muat ulang halaman ini.</p></html>'

/** The built console with its own addresses (any unknown page is index.html), and the demo chat's page. */
export async function pages(app: FastifyInstance, { consoleDir, demo }: Pick<AdminDeps, 'consoleDir' | 'demo'>) {
  const built = existsSync(join(consoleDir, 'index.html'))
  if (built) {
    await app.register(serveFiles, {
      root: consoleDir,
      index: false,
      cacheControl: false,
      preCompressed: true,
      setHeaders: (reply, path) => {
        // the build names its assets by their content
        const forever = path.includes(`${sep}assets${sep}`)
        void reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  app.get('/', { schema: { hide: true } }, (_request, reply) => page(reply, 'index.html'))
  if (demo) {
    for (const url of ['/demo', '/demo/']) {
      app.get(url, { schema: { hide: true } }, (_request, reply) => page(reply, 'demo.html'))
    }
  }
  app.setNotFoundHandler((request, reply) =>
    isPage(request)
      ? page(pageAt(request) ? reply : reply.code(404), 'index.html')
      : sendProblem(reply, problem('not-found')),
  )

  function page(reply: FastifyReply, file: string): FastifyReply {
    return built ? reply.sendFile(file) : reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT)
  }
}

function isPage(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  // only a browser that goes there gets a page; a program is told that there is nothing
  if (!request.headers.accept?.includes('text/html')) return false
  const path = pathOf(request)
  return !NO_PAGES.test(path) && !CLIMBS.test(path)
}
const pageAt = (request: FastifyRequest): boolean => PAGE.test(pathOf(request))
const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0] ?? ''
