/** Three builds: main with the engine and the demo's world as entries beside it, the preload, and the page. */
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/** Binaries stay in node_modules; all else is bundled, because much of it is ESM only and these builds are CommonJS. */
const external = ['electron', 'better-sqlite3', /^keytar(?:\/|$)/]

export default defineConfig({
  main: {
    build: {
      externalizeDeps: false,
      target: 'node18',
      rollupOptions: {
        input: {
          index: resolve('src-main/index.ts'),
          engine: resolve('src-main/engine/process.ts'),
          demo: resolve('src-main/demo/process.ts'),
        },
        external,
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      target: 'node18',
      rollupOptions: {
        input: resolve('src-main/preload.ts'),
        external,
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    base: './',
    plugins: [react()],
    build: {
      target: 'chrome114',
      // It would fetch, which the page's policy refuses; Chromium needs no polyfill.
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: resolve('src-renderer/index.html'),
        // Zod tries once whether it may compile code; the policy refuses that and reports it.
        output: { banner: 'globalThis.__zod_globalConfig ??= { jitless: true };' },
      },
    },
  },
})
