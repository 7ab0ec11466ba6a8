import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import fs from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'
import { workerFiles } from './src-main/core/workers.ts'

const root = import.meta.dirname

// Loaded from node_modules at run time, because they carry a compiled binding. Everything else is bundled, so that a
// start reads a handful of files and the package holds no second copy of a library.
const native = ['better-sqlite3', '@node-rs/argon2']

// The oldest runtime the app is started on (Electron 33); what is shipped is newer.
const nodeTarget = 'node20.18'
const chromeTarget = 'chrome130'

// Worker threads are started by file, so each is an entry of its own.
const workers = Object.fromEntries(Object.entries(workerFiles).map(([name, file]) => [name, path.join(root, 'src-main', file)]))

/** Lists what was built for the page: its protocol serves these names and nothing else (src-main/shell/app-protocol.ts). */
const fileList: Plugin = {
  name: 'cairn-file-list',
  apply: 'build',
  writeBundle: ({ dir = '' }, bundle) => fs.writeFileSync(path.join(dir, 'files.json'), JSON.stringify(Object.keys(bundle).toSorted())),
}

/** Zod tries whether it may make functions from text. The page may not (script-src 'self'), and each try would be reported as an attack. */
const zodWithoutEval: Plugin = {
  name: 'cairn-zod-without-eval',
  transform: { filter: { id: /zod\/v4\/core\/core\.js$/ }, handler: (code) => `globalThis.__zod_globalConfig = { jitless: true };\n${code}` },
}

export default defineConfig({
  main: {
    build: {
      outDir: path.join(root, 'out/main'),
      target: nodeTarget,
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: {
        external: ['electron', /^electron\/.+/, ...native],
        input: {
          main: path.join(root, 'src-main/shell/main.ts'),
          core: path.join(root, 'src-main/core/process.ts'),
          cairn: path.join(root, 'src-main/cli/cairn.ts'),
          ...workers,
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
    ssr: { noExternal: true, external: native },
  },
  preload: {
    build: {
      outDir: path.join(root, 'out/preload'),
      target: nodeTarget,
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: path.join(root, 'src-main/preload/preload.ts') },
        // A sandboxed preload script must be CommonJS, whatever package.json says.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: path.join(root, 'src-renderer'),
    plugins: [react(), fileList, zodWithoutEval],
    build: {
      outDir: path.join(root, 'out/renderer'),
      target: chromeTarget,
      minify: true,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: path.join(root, 'src-renderer/index.html') },
    },
  },
})
