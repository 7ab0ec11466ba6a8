import { handlerOf } from '#main/core/rpc/handlers.ts'
import { grants } from '#shared/access/permissions.ts'
import { contract } from '#shared/rpc/contract.ts'
import { isProcedure, listProcedures, type ContractTree } from '#shared/rpc/define.ts'
import { CommonError } from '#shared/rpc/errors.ts'
import { inRoot } from '#tools/lib/paths.ts'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

// The goal: what the contract promises exists, is guarded, and is tested; what a service refuses is promised.
const tree: ContractTree = contract
const procedures = listProcedures(tree)

test('the contract is not empty', () => {
  expect(procedures.length).toBeGreaterThan(20)
})

test('every procedure names a permission that somebody can hold', () => {
  const known = new Set(['public', 'signed-in', ...Object.keys(grants)])
  expect(procedures.filter(({ procedure }) => !known.has(procedure.can)).map(({ path }) => path)).toEqual([])
})

test('every procedure has a handler', () => {
  expect(procedures.map(({ path }) => typeof handlerOf(path.split('.'))).filter((kind) => kind !== 'function')).toEqual([])
})

test('every command names its audit event and what it touches', () => {
  const commands = procedures.filter(({ procedure }) => procedure.kind === 'command')
  expect(commands.filter(({ procedure }) => !procedure.audit || procedure.topics.length === 0).map(({ path }) => path)).toEqual([])
})

test('every procedure is mentioned by a test', () => {
  const text = textBelow('tests', (file) => /\.(test|e2e)\.tsx?$/.test(file) && !file.startsWith('tests/architecture/'))
  expect(procedures.filter(({ path }) => !text.includes(path)).map(({ path }) => path)).toEqual([])
})

test('every refusal in a domain is declared in that domain’s contract', () => {
  const undeclared = Object.entries(tree).flatMap(([domain, branch]) => {
    const declared = new Set([...Object.keys(CommonError), ...listProcedures({ [domain]: branch }).flatMap(({ procedure }) => Object.keys(procedure.errors))])
    const refused = [...textBelow(`src-main/domains/${domain}`, () => true).matchAll(/refuse\(\s*'([A-Z_]+)'/g)].map((match) => match[1] ?? '')
    return [...new Set(refused)].filter((code) => !declared.has(code)).map((code) => `${domain}: ${code}`)
  })
  expect(undeclared).toEqual([])
})

test('every refusal that is promised has words', () => {
  const worded = new Set([...textBelow('src-renderer', (file) => /\/(words|error-text|file-errors)\.ts$/.test(file)).matchAll(/^ {2}([A-Z_]+): /gm)].map((match) => match[1]))
  const promised = new Set([...Object.keys(CommonError), ...procedures.flatMap(({ procedure }) => Object.keys(procedure.errors))])
  // Nobody can do anything about this one: it is told as an internal error.
  promised.delete(CommonError.UNKNOWN_PROCEDURE)
  expect([...promised].filter((code) => !worded.has(code))).toEqual([])
})

test('the root of the contract has one line for each domain', () => {
  const domains = fs.readdirSync(inRoot('src-shared/domains')).toSorted()
  expect(Object.entries(tree).filter(([, branch]) => !isProcedure(branch)).map(([name]) => name).toSorted()).toEqual(domains)
})

function textBelow(dir: string, wanted: (file: string) => boolean): string {
  return fs
    .readdirSync(inRoot(dir), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(inRoot(), path.join(entry.parentPath, entry.name)))
    .filter((file) => file.endsWith('.ts') || file.endsWith('.tsx'))
    .filter(wanted)
    .map((file) => fs.readFileSync(inRoot(file), 'utf8'))
    .join('\n')
}
