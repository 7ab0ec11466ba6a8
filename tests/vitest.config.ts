import react from '@vitejs/plugin-react'
import path from 'node:path'
import { defineConfig } from 'vitest/config'

const root = path.join(import.meta.dirname, '..')

// One project for each kind of test, in the order in which `npm test` runs them.
const inNode = ['architecture', 'rules', 'commands', 'migrations', 'transport', 'simulation', 'network', 'crash', 'access', 'package'] as const
/** They start whole programs, or run thousands of schedules. */
const slow: readonly string[] = ['simulation', 'network', 'package']

export default defineConfig({
  root,
  test: {
    // A forgotten `.only` or a file without a test must not pass for a green run.
    allowOnly: false,
    projects: [
      ...inNode.map((name) => ({
        root,
        test: {
          name,
          include: [`tests/${name}/**/*.test.ts`],
          environment: 'node',
          testTimeout: slow.includes(name) ? 300_000 : 20_000,
          hookTimeout: slow.includes(name) ? 300_000 : 60_000,
        },
      })),
      {
        root,
        plugins: [react()],
        test: {
          name: 'screens',
          include: ['tests/screens/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          css: false,
          testTimeout: 20_000,
        },
      },
    ],
  },
})
