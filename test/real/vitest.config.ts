/** The suite against the two real servers: `npm run real`. Kept apart from `npm test`, which needs no server. */
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: join(import.meta.dirname, '..', '..'),
  test: {
    include: ['test/real/*.test.ts'],
    globalSetup: ['test/real/servers.ts'],
    // one pair of servers, which some tests stop: one file at a time, one test at a time
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    reporters: ['default', 'json'],
    outputFile: { json: 'artefacts/real.json' },
  },
})
