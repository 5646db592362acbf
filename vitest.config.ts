import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/real/**', 'test/e2e/**', 'node_modules/**'],
    setupFiles: ['test/support/seed.ts'],
    passWithNoTests: false,
    // laws of many runs on a busy machine of two cores: a test says what holds, never how fast
    testTimeout: 30_000,
  },
})
