import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '#shared/rpc/contract.ts'
import { listProcedures } from '#shared/rpc/define.ts'
import { CommonError } from '#shared/rpc/errors.ts'
import { askAs } from './ask.ts'
import { validInput } from './catalogue.ts'
import { entranceOf, type Entrance } from './entrances.ts'
import { sqlTexts } from './fuzz/hostile.ts'
import { callers, hasRight, type Caller } from './matrix.ts'
import { watchTables } from './probe.ts'
import { makeScene, type Scene } from './scene.ts'
import { throttle } from './throttle.ts'
import { doors } from '#tests/transport/doors.ts'

// R28: SQL typed into any field is text. The same call with harmless text leaves as many rows in every table and gives as
// many rows back.

const PLAIN = 'Plainword'
/** Each would derive a key for every text: their names and passwords go through the same prepared statements as the rest. */
const costly = new Set(['clinic.addPerson', 'audit.export', 'migration.importFhir', 'migration.lookCsv', 'migration.stageCsv', 'codes.importFile'])
const procedures = listProcedures(contract).filter(({ path }) => !costly.has(path))

let checks = 0
afterAll(() => console.log(`injection: ${checks} texts`))

describe.each([...new Set(procedures.map(({ path }) => path.split('.')[0] ?? ''))])('%s', (domain) => {
  let scene: Scene
  let entrance: Entrance
  beforeAll(async () => {
    scene = await makeScene()
    watchTables(scene.world.core)
    const [name, open] = Object.entries(doors)[0] ?? []
    if (name && open) entrance = entranceOf(scene.world.core, name, open)
  })

  it('R28: takes SQL in every text as text', { timeout: 120_000 }, async () => {
    const wrong: string[] = []
    throttle(scene, true)
    const untouched = countRows(scene)
    for (const { path, procedure } of procedures.filter((one) => one.path.startsWith(`${domain}.`))) {
      const caller = callers.find((one) => hasRight(path, one))
      if (!caller) continue
      const ask = (input: unknown) => askAndCount(scene, entrance, path, caller, input)
      const valid = validInput(scene, path, caller)
      for (const field of textFields(procedure.input.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as Json)) {
        const harmless = await ask(withText(valid, field, PLAIN))
        for (const text of sqlTexts) {
          checks += 1
          const hostile = await ask(withText(valid, field, text))
          const where = `${path} ${field.join('.')} with ${text}`
          // A rule may refuse what is no name and no known option; what is taken must weigh the same.
          if (hostile.code === CommonError.INTERNAL) wrong.push(`${where}: broke`)
          else if (hostile.code !== null && hostile.rows !== untouched) wrong.push(`${where}: refused, but rows came or went`)
          else if (hostile.code === null && harmless.code === null && hostile.rows !== harmless.rows) wrong.push(`${where}: leaves other rows than harmless text`)
        }
      }
    }
    await entrance.close()
    expect(wrong).toEqual([])
    expect(countRows(scene)).toBe(untouched)
  })
})

async function askAndCount(scene: Scene, entrance: Entrance, path: string, caller: Caller, input: unknown): Promise<{ code: string | null; rows: string }> {
  let rows = ''
  const { code } = await askAs({ scene, entrance, caller, path, input: () => input, meanwhile: () => void (rows = countRows(scene)) })
  return { code, rows }
}

const statements = new WeakMap<object, { get(): unknown }>()

/** Rows of each table, apart from the log and the session that the check itself began. */
function countRows({ world }: Scene): string {
  const { $client: client } = world.core.vault.writer
  const tables = (client.pragma('main.table_list') as { name: string; type: string; schema: string }[]) // SQLite's own columns.
    .filter(({ schema, type, name }) => schema === 'main' && type === 'table' && name !== 'sessions' && !name.startsWith('audit') && !name.startsWith('sqlite_'))
  const known = statements.get(client) ?? client.prepare(`SELECT ${tables.map(({ name }) => `(SELECT count(*) FROM "${name}") AS "${name}"`).join(', ')}`)
  statements.set(client, known)
  return JSON.stringify(known.get())
}

interface Json { type?: string; format?: string; pattern?: string; enum?: unknown[]; const?: unknown; anyOf?: Json[]; properties?: Record<string, Json>; items?: Json; additionalProperties?: Json | boolean }

/** Where an input holds free text. */
function textFields(json: Json, at: readonly string[] = []): (readonly string[])[] {
  if (json.anyOf) return json.anyOf.flatMap((branch) => textFields(branch, at))
  if (json.type === 'string') return json.format || json.pattern || json.enum || json.const !== undefined ? [] : [at]
  if (json.type === 'array') return textFields(json.items ?? {}, [...at, '0'])
  if (json.properties) return Object.entries(json.properties).flatMap(([name, member]) => textFields(member, [...at, name]))
  return typeof json.additionalProperties === 'object' ? textFields(json.additionalProperties, [...at, 'any']) : []
}

/** The input with that text there; one without the part that would hold it stays as it is. */
function withText(input: unknown, field: readonly string[], text: string): unknown {
  const copy: unknown = structuredClone(input)
  let node = copy as Record<string, unknown> | undefined // Valid input is an object.
  for (const name of field.slice(0, -1)) node = node?.[name] as Record<string, unknown> | undefined
  const last = field.at(-1)
  if (node && last !== undefined) node[last] = text
  return copy
}
