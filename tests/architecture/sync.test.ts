import fs from 'node:fs'
import { expect, test } from 'vitest'
import { contract } from '#shared/rpc/contract.ts'
import { listProcedures, type Conflict } from '#shared/rpc/define.ts'
import { inRoot } from '#tools/lib/paths.ts'

// The goal: nobody adds a command without having decided what becomes of it when two machines do it at once.
const procedures = listProcedures(contract)
const commands = procedures.filter(({ procedure }) => procedure.kind === 'command')

test('every command, and nothing else, says what becomes of it when two machines do it at once', () => {
  expect(procedures.filter(({ procedure }) => (procedure.kind === 'command') !== (procedure.conflict !== undefined)).map(({ path }) => path)).toEqual([])
})

test('what only the host decides waits for it, and what is this machine’s own never travels', () => {
  const waits: readonly (Conflict | undefined)[] = ['host-only', 'host-numbered']
  expect(commands.filter(({ procedure }) => waits.includes(procedure.conflict) && procedure.offline).map(({ path }) => path)).toEqual([])
  expect(commands.filter(({ procedure }) => (procedure.conflict === 'own') !== (procedure.scope === 'host')).map(({ path }) => path)).toEqual([])
  // Beside those only money that leaves takes the host's word.
  expect(commands.filter(({ procedure }) => !waits.includes(procedure.conflict) && !procedure.offline).map(({ path }) => path)).toEqual(['billing.voidInvoice', 'billing.refund'])
})

test('the page about conflicts lists every command as it is declared', () => {
  const listed = fs.readFileSync(inRoot('docs/sync.conflicts.md'), 'utf8').split('\n').filter((line) => /^\| [a-z]+\.[a-zA-Z]+ \|/.test(line))
  expect(listed).toEqual(commands.map(({ path, procedure }) => `| ${path} | ${procedure.conflict ?? ''} | ${procedure.offline ? 'yes' : 'no'} |`))
})

test('no handler reads a clock or draws a number of its own', () => {
  const found = fs.readdirSync(inRoot('src-main/domains'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => fs.readFileSync(inRoot(`src-main/domains/${file}`), 'utf8').split('\n').flatMap((line) => (/Date\.now\(|new Date\(\)|Math\.random\(|randomUUID\(|randomBytes\(/.test(line) ? [`${file}: ${line.trim()}`] : [])))
  expect(found).toEqual([])
})
