// `npm run types`: one compiler run for each folder with its own idea of what exists (Node, DOM, neither).
// `npm run types -- src-main` looks at that folder alone.
import { run } from './lib/process.ts'
import { inRoot } from './lib/paths.ts'

const all = ['src-shared', 'src-main', 'src-main/preload', 'src-renderer', '.', 'tests']
const tsc = inRoot('node_modules/@typescript/native/bin/tsc')
const named = process.argv.slice(2)
const projects = named.length === 0 ? all : all.filter((project) => named.includes(project))

let failed = 0
// One after the other: the compiler itself uses every core. What it remembers makes the next run look only at changes.
for (const project of projects) {
  const memory = inRoot('tests/.artifacts/types', `${project === '.' ? 'tools' : project.replaceAll('/', '-')}.tsbuildinfo`)
  const args = [tsc, '--pretty', '-p', inRoot(project), '--incremental', '--tsBuildInfoFile', memory]
  const result = await run(process.execPath, args, { capture: true })
  if (result.code === 0) continue
  failed++
  console.error(`${project}/tsconfig.json\n${result.output}`)
}
process.exitCode = failed === 0 ? 0 : 1
