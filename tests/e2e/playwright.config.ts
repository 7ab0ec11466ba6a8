import { defineConfig } from '@playwright/test'
import path from 'node:path'

export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: '**/*.e2e.ts',
  outputDir: path.join(import.meta.dirname, '../.artifacts/e2e'),
  forbidOnly: true,
  // A test that passes at the second attempt has found something; it is not hidden.
  retries: 0,
  // Each test starts an app with processes of its own and some measure time; one at a time keeps a small machine honest.
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 10_000 },
})
