// `npm run types`: one compiler run for each folder with its own idea of what exists (Node, DOM, neither).
import { run } from './lib/process.ts'
import { inRoot } from './lib/paths.ts'

const projects = ['src-shared', 'src-main', 'src-main/preload', 'src-renderer', '.', 'tests']
const tsc = inRoot('node_modules/@typescript/native/bin/tsc')

const results = await Promise.all(projects.map((project) => run(process.execPath, [tsc, '--pretty', '-p', inRoot(project)], { capture: true })))

let failed = 0
for (const [i, result] of results.entries()) {
  if (result.code === 0) continue
  failed++
  console.error(`${projects[i]}/tsconfig.json\n${result.output}`)
}
process.exitCode = failed === 0 ? 0 : 1
