import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = 'http://127.0.0.1:3000'

// Two entries of one build: the operators' console (index.html) and the demo chat (demo.html), which shares only the
// tokens with it and so stays small.
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react()],
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
