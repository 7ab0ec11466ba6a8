// `npm run new:domain <names>`: a domain that compiles and passes its tests in every layer, with the shape of
// scheduling, entered in each root by one line. What it is about is then written over the template's `title`.
import { root } from '#tools/lib/paths.ts'
import { Refusal, runTool, say } from '#tools/lib/terminal.ts'
import fs from 'node:fs'
import path from 'node:path'
import { enterInRoots } from './roots.ts'

const template = path.join(import.meta.dirname, 'template')

await runTool(async () => {
  const [names = '', name = names.replace(/s$/, '')] = process.argv.slice(2)
  if (!/^[a-z][a-z]+$/.test(names) || !/^[a-z][a-z]+$/.test(name) || names === name) {
    throw new Refusal('usage: npm run new:domain <plural> [<singular>], in lower-case letters, for example: npm run new:domain tasks task')
  }
  const words: Record<string, string> = { __names__: names, __Names__: capital(names), __name__: name, __Name__: capital(name), __NUMBER__: nextMigration() }
  const files = filesOf(names, words)
  const taken = files.filter(([target]) => fs.existsSync(path.join(root, target)))
  if (taken.length > 0) throw new Refusal(`already there: ${taken.map(([target]) => target).join(', ')}`)
  for (const [target, source] of files) {
    const text = fs.readFileSync(path.join(template, source), 'utf8')
    fs.mkdirSync(path.dirname(path.join(root, target)), { recursive: true })
    fs.writeFileSync(path.join(root, target), text.replaceAll(/__[A-Za-z]+__/g, (word) => words[word] ?? word))
    say(`wrote ${target}`)
  }
  for (const file of enterInRoots(root, { names, name })) say(`entered in ${file}`)
  say('next: npm run types && npm test -- rules commands migrations architecture')
})

/** Where each template goes: the same stem in every layer. */
function filesOf(names: string, words: Record<string, string>): [target: string, source: string][] {
  const migration = `${words['__NUMBER__']}_${names}`
  return [
    ...['model', 'contract', 'rules'].map((stem): [string, string] => [`src-shared/domains/${names}/${stem}.ts`, `src-shared/${stem}.ts.txt`]),
    ...['procedures', 'service', 'repository'].map((stem): [string, string] => [`src-main/domains/${names}/${stem}.ts`, `src-main/${stem}.ts.txt`]),
    [`drizzle/schema/${names}.ts`, 'drizzle/schema.ts.txt'],
    [`drizzle/migrations/${migration}.sql`, 'drizzle/migration.sql.txt'],
    [`src-renderer/domains/${names}/contribution.tsx`, 'src-renderer/contribution.tsx.txt'],
    [`src-renderer/domains/${names}/${words['__Names__']}Page.tsx`, 'src-renderer/Page.tsx.txt'],
    [`src-renderer/domains/${names}/view.ts`, 'src-renderer/view.ts.txt'],
    [`src-renderer/domains/${names}/words.ts`, 'src-renderer/words.ts.txt'],
    [`tests/rules/${names}.test.ts`, 'tests/rules.test.ts.txt'],
    [`tests/commands/${names}.test.ts`, 'tests/commands.test.ts.txt'],
    [`tests/migrations/${migration}.test.ts`, 'tests/migration.test.ts.txt'],
  ]
}

function nextMigration(): string {
  const last = fs.readdirSync(path.join(root, 'drizzle/migrations')).filter((file) => file.endsWith('.sql')).length
  return String(last + 1).padStart(4, '0')
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
