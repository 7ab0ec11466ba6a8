import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import path from 'node:path'

const root = import.meta.dirname

// Loaded from node_modules at run time: they carry a compiled binding, or load their own parts by path.
// Everything else is bundled, so that a start reads a handful of files.
const external = ['electron', /^electron\/.+/, 'better-sqlite3', '@node-rs/argon2', 'electron-updater', 'pino', 'ws']

// The oldest runtime the app is started on (Electron 33); what is shipped is newer.
const nodeTarget = 'node20.18'
const chromeTarget = 'chrome130'

export default defineConfig({
  main: {
    build: {
      outDir: path.join(root, 'out/main'),
      target: nodeTarget,
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: {
        external,
        input: {
          main: path.join(root, 'src-main/shell/main.ts'),
          core: path.join(root, 'src-main/core/process.ts'),
          cairn: path.join(root, 'src-main/cli/cairn.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
    ssr: { noExternal: true, external: ['better-sqlite3', '@node-rs/argon2', 'electron-updater', 'pino', 'ws'] },
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
    plugins: [react()],
    build: {
      outDir: path.join(root, 'out/renderer'),
      target: chromeTarget,
      minify: true,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: path.join(root, 'src-renderer/index.html') },
    },
  },
})
