import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

const server = 'http://127.0.0.1:3000'

const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
/** Smaller ones fit into one packet anyhow. */
const LEAST = 1400

/** The service hands out files as they lie: beside each text of the build lies what a browser gets instead. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    const texts = Object.values(bundle).filter(({ fileName }) => /\.(?:js|css|html)$/.test(fileName))
    await Promise.all(
      texts.map(async (one) => {
        const bytes = Buffer.from(one.type === 'chunk' ? one.code : one.source)
        if (bytes.length < LEAST) return
        const path = join(dir, one.fileName)
        await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, BROTLI))
        await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }))
      }),
    )
  },
}

// Two entries of one build: the operators' console (index.html) and the demo chat (demo.html), which shares only the
// tokens with it and so stays small.
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react(), compressed],
  build: {
    outDir: '../../../dist/console',
    emptyOutDir: true,
    // The content security policy of the server allows scripts of our own origin only, nothing inline.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { console: `${import.meta.dirname}/index.html`, demo: `${import.meta.dirname}/demo.html` },
    },
  },
  server: { proxy: { '/api': server, '/demo/chat': server } },
})
