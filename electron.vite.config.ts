/** Three builds: main with the engine as its second entry, the preload, and the page. */
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

export default defineConfig({
  main: {
    build: {
      // electron-store, oRPC and their like are ESM only, and the main process of the development runtime is CommonJS
      externalizeDeps: { exclude: ['electron-store', 'ulid', 'canonicalize', 'big.js', 'zod', 'cockatiel', 'undici', 'currency-codes', '@orpc/server', '@orpc/client', '@orpc/contract'] },
      target: 'node18',
      rollupOptions: {
        input: { index: resolve('src-main/index.ts'), engine: resolve('src-main/engine/process.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  preload: {
    build: {
      target: 'node18',
      rollupOptions: { input: resolve('src-main/preload.ts'), output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [react()],
    build: { target: 'chrome114', rollupOptions: { input: resolve('src-renderer/index.html') } },
  },
})
