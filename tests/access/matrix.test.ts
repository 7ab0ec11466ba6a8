import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '#shared/rpc/contract.ts'
import { findProcedure, listProcedures, type Procedure } from '#shared/rpc/define.ts'
import { stand, type Freshness } from './callers.ts'
import { builderOf, catalogue } from './catalogue.ts'
import { everyEntrance, type Entrance } from './entrances.ts'
import { callers, hasRight, matrix, roleColumns, rowsOf, type Caller, type Row } from './matrix.ts'
import { filledPaths, minimum } from './minimum.ts'
import { callByName, probe, watchTables, type Outcome } from './probe.ts'
import { makeScene, type Scene } from './scene.ts'

// R02, R06, R31, F16: the permission matrix that people wrote (matrix.csv) against the program, every procedure as everybody
// through every door. What is refused changes nothing and is one row of the activity log.

const procedures = listProcedures(contract)
const size = { checks: 0, ms: 0 }
afterAll(() => console.log(`matrix: ${size.checks} checks in ${(size.ms / 1_000).toFixed(1)} s`))

describe('the matrix', () => {
  it('R02: has every procedure of the contract, and no other', () => {
    expect([...new Set(matrix.map((row) => row.procedure))].toSorted()).toEqual(procedures.map(({ path }) => path).toSorted())
    expect(matrix.map((row) => `${row.procedure} ${row['row class']}`).filter((key, i, all) => all.indexOf(key) !== i)).toEqual([])
  })

  it('has valid input for each of its rows', () => {
    expect(matrix.filter((row) => typeof builderOf(row.procedure, row['row class']) !== 'function')).toEqual([])
    expect(Object.keys(catalogue).filter((path) => rowsOf(path).length === 0)).toEqual([])
  })

  it('R02: says for each minimum cell what may be seen', () => {
    expect(matrix.filter((row) => roleColumns.some((role) => row[role] === 'M') && !minimum[row.procedure]).map((row) => row.procedure)).toEqual([])
  })

  it('R31: says how fresh a proof each act needs, as the contract does', () => {
    expect(matrix.filter((row) => row.proof !== (procedureOf(row.procedure).fresh ?? '')).map((row) => row.procedure)).toEqual([])
  })
})

describe.each([...new Set(procedures.map(({ path }) => path.split('.')[0] ?? ''))])('%s', (domain) => {
  let scene: Scene
  let entrances: Entrance[]
  // One clinic for all checks of a domain: each is taken back.
  beforeAll(async () => {
    scene = await makeScene()
    watchTables(scene.world.core)
    entrances = everyEntrance(scene.world.core)
  })

  it('R02, R06: is open to whom the matrix says, through every door, and denial changes nothing', { timeout: 120_000 }, async () => {
    const began = performance.now()
    const wrong: string[] = []
    for (const row of matrix.filter((one) => one.procedure.startsWith(`${domain}.`))) {
      for (const caller of callers) {
        for (const freshness of freshnessOf(row)) {
          for (const entrance of entrances) {
            const problem = await check(scene, entrance, row, caller, freshness)
            if (problem) wrong.push(`${row.procedure} (${row['row class']}) as ${caller}, ${freshness}, ${entrance.name}: ${problem}`)
          }
        }
      }
    }
    for (const entrance of entrances) await entrance.close()
    size.ms += performance.now() - began
    expect(wrong).toEqual([])
  })
})

/** What anybody may do asks for no proof, so there is none to be stale. */
const freshnessOf = (row: Row): readonly Freshness[] => (procedureOf(row.procedure).can === 'public' ? ['fresh'] : ['fresh', 'stale'])

async function check(scene: Scene, entrance: Entrance, row: Row, caller: Caller, freshness: Freshness): Promise<string | undefined> {
  size.checks += 1
  const { core } = scene.world
  const { door, client } = await entrance.use()
  const { procedure } = row
  const entry = catalogue[procedure]
  const input = builderOf(procedure, row['row class'])(scene, caller)
  let actorId: string | null = null
  const enter = (): void => {
    stand(core, door, caller, freshness)
    actorId = door.session?.userId ?? null
  }
  const outcome = await probe(core, enter, () => callByName(client, procedure, input, { isEndless: entry?.isEndless === true }))
  const expected = expectedCode(row, caller, freshness)
  if (outcome.code !== expected) return `${outcome.code ?? 'allowed'} instead of ${expected ?? 'allowed'} ${JSON.stringify(outcome.data ?? '')}`
  // A sign-in is logged in the name of whoever came in, the end of a session in the name of whose it was.
  const own = outcome.audit.filter((event) => event.action !== 'session.ended')
  if (procedureOf(procedure).can !== 'public' && own.some((event) => event.actorId !== actorId || event.door !== door.kind)) return 'logged in the name of somebody else'
  if (outcome.code !== null) return deniedWrongly(outcome, procedure)
  return allowedWrongly(outcome, row, caller, scene)
}

function expectedCode(row: Row, caller: Caller, freshness: Freshness): string | null {
  const { procedure } = row
  const answer = catalogue[procedure]?.answers ?? null
  if (procedureOf(procedure).can !== 'public') {
    if (caller === 'anonymous' || caller === 'disabled' || caller === 'expired') return 'SIGNED_OUT'
    if (caller === 'locked') return 'LOCKED'
    if (!hasRight(procedure, caller)) return 'FORBIDDEN'
    if (freshness === 'stale' && row.proof !== '') return 'REAUTH'
  }
  return row[caller] === '-' || row[caller] === 'G' ? (catalogue[procedure]?.denial ?? 'FORBIDDEN') : answer
}

/** R06: a refusal is one row of the log under the procedure's name, and nothing else. */
function deniedWrongly({ touched, audit, code }: Outcome, procedure: string): string | undefined {
  if (touched.length > 0) return `refused, but changed ${touched.join(', ')}`
  if (audit.length !== 1) return `refused, but logged ${audit.length} times`
  const [event] = audit
  return event?.action === procedure && event.outcome === 'refused' && event.code === code ? undefined : `refused, but logged as ${JSON.stringify(event)}`
}

function allowedWrongly(outcome: Outcome, row: Row, caller: Caller, scene: Scene): string | undefined {
  const { kind, audit } = procedureOf(row.procedure)
  const events = outcome.audit.length
  // An action writes its own events; a query is one where the contract names it.
  if (kind === 'command' && events !== 1) return `done, but logged ${events} times`
  if (kind === 'query' && events !== (audit ? 1 : 0)) return `answered, but logged ${events} times`
  if (kind === 'query' && outcome.touched.length > 0) return `a question changed ${outcome.touched.join(', ')}`
  if (kind === 'action' && outcome.touched.length > 0 && events === 0) return `changed ${outcome.touched.join(', ')} without a word in the log`
  if (row[caller] === 'M') {
    const beyond = filledPaths(outcome.output).filter((path) => !minimum[row.procedure]?.includes(path))
    if (beyond.length > 0) return `shows more than the minimum: ${beyond.join(', ')}`
  }
  if (row[caller] === 'O') {
    const text = JSON.stringify(outcome.output ?? null)
    if (catalogue[row.procedure]?.foreign?.(scene, caller).some((part) => text.includes(part))) return 'shows what is somebody else\'s'
  }
  return undefined
}

function procedureOf(path: string): Procedure {
  const found = findProcedure(contract, path.split('.'))
  if (!found) throw new Error(`the contract has no ${path}`)
  return found
}
