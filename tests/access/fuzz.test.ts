import { inspect } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '#shared/rpc/contract.ts'
import { listProcedures, type Procedure } from '#shared/rpc/define.ts'
import { CommonError } from '#shared/rpc/errors.ts'
import { askAs, standings, type Standings } from './ask.ts'
import { catalogue, validInput } from './catalogue.ts'
import { entranceOf, type Entrance } from './entrances.ts'
import { inputOf } from './fuzz/arbitrary.ts'
import { mutate, mutations } from './fuzz/mutate.ts'
import { callers, hasRight } from './matrix.ts'
import { watchTables, type Outcome } from './probe.ts'
import { makeScene, type Scene } from './scene.ts'
import { doors } from '#tests/transport/doors.ts'

// R27, F10: whatever a caller with the right sends: no crash, nothing that takes longer than two seconds, a code of the
// contract, nothing changed and one row of the log where it was refused. `npm run fuzz` sends ten times as much.
// A failure names the shortest input that showed it: CAIRN_FUZZ_SEED=… CAIRN_FUZZ_ONLY=<procedure> sends the same again.

const RUNS = Number(process.env['CAIRN_FUZZ'] ?? 1_000)
const SEED = Number(process.env['CAIRN_FUZZ_SEED'] ?? Date.now() % 2_147_483_647)
const ONLY = process.env['CAIRN_FUZZ_ONLY']
const SLOWEST_MS = 2_000

/**
 * Each input that passes the schema costs a key derivation or a worker of its own: of those, this many are sent. What looks
 * at a password is not among them: after twenty failures the machine looks at nothing more, which the fuzz then meets.
 */
const costly = new Set([
  'clinic.addPerson', 'clinic.resetAccess', 'clinic.rotateKey', 'clinic.drawNextRecoveryKey', 'session.setPin', 'audit.verify', 'audit.export', 'codes.importFile', 'migration.importFhir', 'migration.lookCsv', 'migration.stageCsv',
])
const COSTLY_RUNS = Math.ceil(RUNS / 50)

const procedures = listProcedures(contract).filter(({ path }) => ONLY === undefined || path === ONLY)
const size = { sent: 0, taken: 0, ms: 0 }
const processor = process.cpuUsage()
afterAll(() => {
  const { user, system } = process.cpuUsage(processor)
  console.log(`fuzz: ${size.sent} inputs, ${size.taken} of them taken, in ${(size.ms / 1_000).toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of the processor), seed ${SEED}`)
})

describe('the fuzz', () => {
  it('R27: every input refuses fields that it does not know, at any depth', () => {
    const open: string[] = []
    const look = (where: string, schema: unknown): void => {
      if (typeof schema !== 'object' || schema === null) return
      if ('properties' in schema && 'type' in schema && schema.type === 'object' && (!('additionalProperties' in schema) || schema.additionalProperties !== false)) open.push(where)
      for (const [name, member] of Object.entries(schema)) look(`${where}.${name}`, member)
    }
    for (const { path, procedure } of procedures) look(path, procedure.input.toJSONSchema({ io: 'input', unrepresentable: 'any' }))
    expect(open).toEqual([])
  })
})

describe.each([...new Set(procedures.map(({ path }) => path.split('.')[0] ?? ''))])('%s', (domain) => {
  let scene: Scene
  let entrance: Entrance
  let stands: Standings
  beforeAll(async () => {
    scene = await makeScene()
    stands = standings(scene)
    watchTables(scene.world.core)
    const [name, open] = Object.entries(doors)[0] ?? []
    if (name && open) entrance = entranceOf(scene.world.core, name, open)
  })

  it(`R27, F10: takes ${RUNS} inputs for each command, a quarter for each question, and never breaks`, { timeout: 60_000 + RUNS * 400 }, async () => {
    const found: string[] = []
    for (const { path, procedure } of procedures.filter((one) => one.path.startsWith(`${domain}.`))) found.push(...await fuzz({ scene, entrance, stands }, path, procedure))
    expect(found).toEqual([])
  })
})

interface Clinic { scene: Scene; entrance: Entrance; stands: Standings }
const asScreen = Symbol('what a screen would send')

async function fuzz({ scene, entrance, stands }: Clinic, path: string, procedure: Procedure): Promise<string[]> {
  const began = performance.now()
  const rightful = callers.filter((caller) => hasRight(path, caller))
  const who = rightful.length > 0 ? rightful : [...callers]
  // Two of five start from what a screen would send, so that a single wrong member reaches the rules behind the schema.
  const one = fc.tuple(fc.constantFrom(...who), fc.oneof({ weight: 2, arbitrary: fc.constant(asScreen) }, { weight: 3, arbitrary: inputOf(procedure.input, { ids: idsIn(scene) }) }), mutations)
  const shortest = new Map<string, string>()
  let costlySent = 0
  await fc.assert(
    fc.asyncProperty(one, async ([caller, drawn, changes]) => {
      const input = mutate(drawn === asScreen ? validInput(scene, path, caller) : drawn, changes)
      if (costly.has(path) && isWellFormed(procedure, input) && (costlySent += 1) > COSTLY_RUNS) return
      size.sent += 1
      const outcome = await askAs({ scene, entrance, caller, path, stands, input: () => input })
      if (outcome.code === null) size.taken += 1
      const problem = problemWith(outcome, path, procedure)
      if (problem) keepShortest(shortest, `${path} as ${caller}: ${problem}`, inspect(input, { depth: 6, maxStringLength: 80, maxArrayLength: 12, breakLength: Infinity }))
    }),
    { seed: SEED, numRuns: procedure.kind === 'query' ? Math.ceil(RUNS / 4) : RUNS },
  )
  size.ms += performance.now() - began
  return [...shortest].map(([problem, input]) => `${problem} (seed ${SEED}) ${input.slice(0, 600)}`)
}

function keepShortest(shortest: Map<string, string>, problem: string, input: string): void {
  const before = shortest.get(problem)
  if (before === undefined || input.length < before.length) shortest.set(problem, input)
}

function problemWith({ code, touched, audit, ms }: Outcome, path: string, procedure: Procedure): string | undefined {
  if (ms > SLOWEST_MS) return `kept the processor for ${Math.round(ms)} ms`
  if ('polluted' in {}) return 'changed what every object has'
  if (code === null) return procedure.kind === 'command' && audit.filter((event) => event.action !== 'session.ended').length !== (catalogue[path]?.events ?? 1) ? `done, but logged ${audit.length} times` : undefined
  if (code === CommonError.INTERNAL) return 'broke'
  if (!Object.hasOwn(procedure.errors, code) && !Object.hasOwn(CommonError, code)) return `refused with ${code}, which nobody declared`
  if (touched.length > 0) return `refused with ${code}, but changed ${touched.join(', ')}`
  return audit.length === 1 && audit[0]?.action === path ? undefined : `refused with ${code}, but logged ${audit.length} times`
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8]/

function idsIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return UUID.test(value) ? [value] : []
  if (typeof value !== 'object' || value === null || depth > 4) return []
  return [...new Set(Object.entries(value).filter(([name]) => name !== 'core' && name !== 'clock').flatMap(([, member]) => idsIn(member, depth + 1)))]
}

/** What cannot even be looked at (an object without a text of its own where a text belongs) is not well formed; the pipeline says so as well. */
function isWellFormed(procedure: Procedure, input: unknown): boolean {
  try {
    return procedure.input.safeParse(input).success
  } catch {
    return false
  }
}
