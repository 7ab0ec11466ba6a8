import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { inRoot } from '#tools/lib/paths.ts'

// The goal: a clinic of one machine starts as fast as before there was a network. What reads sockets, certificates and
// multicast is loaded by the machines that are in one.
const WIRE = /node_modules\/(ws|@peculiar|bonjour-service|multicast-dns)\/|core\/network\/(server|client|pairing|discovery)|core\/sync\/(serve|link|first-copy)/

/** Runs in a process of its own: every module that it loads, one a line. */
const loads = (module: string) => `
  import { registerHooks } from 'node:module'
  registerHooks({ load: (url, context, next) => (console.log(url), next(url, context)) })
  await import(${JSON.stringify(module)})`

async function loadedBy(module: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', loads(module)], { cwd: inRoot(), maxBuffer: 16 * 1024 * 1024 })
  return stdout.trim().split('\n')
}

test('a core that is alone loads nothing of the wire', async () => {
  const loaded = await loadedBy(inRoot('src-main/core/core.ts'))
  expect(loaded.some((url) => url.endsWith('core/sync/network.ts'))).toBe(true)
  expect(loaded.filter((url) => WIRE.test(url))).toEqual([])
})
