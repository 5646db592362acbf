/** Builds the page with the sample engine behind it, for screenshots and a look at every state; never part of the app. */
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: resolve(import.meta.dirname),
  base: './',
  plugins: [react()],
  build: { target: 'chrome114', outDir: resolve(import.meta.dirname, '../../../artefacts/preview'), emptyOutDir: true },
  server: { port: 5199, strictPort: true },
})
