import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Role } from '#shared/access/roles.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { contract } from '#shared/rpc/contract.ts'
import { findProcedure, listProcedures, type Procedure } from '#shared/rpc/define.ts'
import { makeOwnChart, makeStale, stand, type Freshness } from './callers.ts'
import { answerOf, builderOf, catalogue, denialOf } from './catalogue.ts'
import { everyEntrance, type Entrance } from './entrances.ts'
import { callers, hasRight, matrix, outsideColumns, roleColumns, rowsOf, type Caller, type Row, type RowClass } from './matrix.ts'
import { beyondMinimum, minimum } from './minimum.ts'
import { callByName, probe, watchTables, type Outcome } from './probe.ts'
import { leaveAlone, makeScene, type Scene } from './scene.ts'
import { throttle } from './throttle.ts'

// R02, R06, R31, F16: the permission matrix that people wrote (matrix.csv) against the program, every procedure as everybody
// through every door. What is refused changes nothing and is one row of the activity log.

const procedures = listProcedures(contract)
const size = { checks: 0, ms: 0 }
const processor = process.cpuUsage()
afterAll(() => {
  const { user, system } = process.cpuUsage(processor)
  console.log(`matrix: ${matrix.length} rows, ${size.checks} checks in ${(size.ms / 1_000).toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of the processor)`)
})

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
        for (const freshness of freshnessOf(row, caller)) {
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
const freshnessOf = (row: Row, caller: Caller): readonly Freshness[] => (procedureOf(row.procedure).can === 'public' || isOutside(caller) ? ['fresh'] : ['fresh', 'stale'])
const isOutside = (caller: Caller): boolean => (outsideColumns as readonly Caller[]).includes(caller)

/** One cell. What is refused until the glass is broken, or while somebody else could say yes, is asked a second time. */
async function check(scene: Scene, entrance: Entrance, row: Row, caller: Caller, freshness: Freshness): Promise<string | undefined> {
  const ask = (turn: Turn) => checkOnce({ scene, entrance, row, caller, freshness, turn })
  const first = await ask('first')
  if (first !== undefined || isOutside(caller)) return first
  const cell = row[caller]
  const mayBreak = caller === Role.administrator || caller === Role.doctor || caller === Role.nurse
  const isHidden = mayBreak && catalogue[row.procedure]?.hidden?.[row['row class']] !== undefined && row['row class'] !== 'own'
  if (cell === 'G' || (isHidden && hasRight(row.procedure, caller))) return afterwards(await ask('glass'), 'after the glass was broken')
  return cell === '2' && caller === Role.administrator ? afterwards(await ask('alone'), 'with nobody else left') : undefined
}

const afterwards = (problem: string | undefined, when: string): string | undefined => (problem === undefined ? undefined : `${when}: ${problem}`)

/** `glass`: the caller has just broken it. `alone`: nobody else holds the right to approve. */
type Turn = 'first' | 'glass' | 'alone'
interface Check { scene: Scene; entrance: Entrance; row: Row; caller: Caller; freshness: Freshness; turn: Turn }

async function checkOnce(one: Check): Promise<string | undefined> {
  size.checks += 1
  const { scene, entrance, row: { procedure, 'row class': rowClass }, caller, freshness, turn } = one
  const { core } = scene.world
  const { door, client } = await entrance.use()
  const entry = catalogue[procedure]
  throttle(scene, entry?.isThrottled === true)
  let actorId: string | null = null
  let input: unknown
  const enter = async (): Promise<void> => {
    stand(core, door, caller, 'fresh')
    if (caller === 'patient' || rowClass === 'own') makeOwnChart(scene, caller)
    if (turn === 'glass') await breakGlass(scene, client, rowClass)
    if (turn === 'alone') leaveAlone(scene.world)
    if (freshness === 'stale') makeStale(core, door)
    actorId = door.session?.userId ?? null
    entry?.before?.(scene, caller, rowClass)
    input = builderOf(procedure, rowClass)(scene, caller)
  }
  const outcome = await probe(core, enter, () => callByName(client, procedure, input, { isEndless: entry?.isEndless === true }))
  const expected = expectedCode(one)
  if (outcome.code !== expected) return `${outcome.code ?? 'allowed'} instead of ${expected ?? 'allowed'} ${JSON.stringify(outcome.data ?? '')}`
  // A sign-in is logged in the name of whoever came in, the end of a session in the name of whose it was.
  const own = outcome.audit.filter((event) => event.action !== 'session.ended' && event.action !== 'note.signed')
  if (procedureOf(procedure).can !== 'public' && entry?.events === undefined && own.some((event) => event.actorId !== actorId || event.door !== door.kind)) return 'logged in the name of somebody else'
  return outcome.code !== null ? deniedWrongly(outcome, one) : allowedWrongly(outcome, one)
}

function breakGlass({ files, newId }: Scene, client: CairnClient, rowClass: RowClass): Promise<unknown> {
  const { patientId } = rowClass === 'other' || rowClass === 'restricted' ? files[rowClass] : files.team
  return client.access.breakGlass({ id: newId(), patient: { id: patientId }, reason: 'emergency', explanation: 'Unconscious at the desk' })
    .then(async () => client.access.breakGlass({ id: newId(), patient: { id: rowClass === 'restricted' || rowClass === 'other' ? files[rowClass].blankPatientId : patientId }, reason: 'emergency', explanation: 'Unconscious at the desk' }))
}

function expectedCode({ row, caller, freshness, turn }: Check): string | null {
  const { procedure, 'row class': rowClass } = row
  const { can, secondPerson } = procedureOf(procedure)
  const answer = answerOf(procedure, rowClass, caller)
  const cell = row[caller]
  if (can !== 'public') {
    if (caller === 'anonymous' || caller === 'disabled' || caller === 'expired') return 'SIGNED_OUT'
    if (caller === 'locked') return 'LOCKED'
    if (caller === 'enrolling' && cell === '-') return 'ENROL_FIRST'
    if (can !== 'signed-in' && !hasRight(procedure, caller)) return 'FORBIDDEN'
    if (freshness === 'stale' && row.proof !== '') return 'REAUTH'
  }
  if (cell === '2' && turn === 'first') return 'NEEDS_SECOND_PERSON'
  if (secondPerson && turn === 'alone' && freshness === 'stale') return 'REAUTH'
  const isList = catalogue[procedure]?.hidden?.[rowClass] !== undefined && isListed(rowClass, procedure)
  if (cell === '-' && turn === 'glass') return answer // Answered then, and still without the note.
  if (cell === '-' || (cell === 'G' && turn === 'first' && !isList)) return denialOf(procedure, rowClass, caller)
  return answer
}

/** Answered, with or without the rows that the caller may not see. */
const isListed = (rowClass: RowClass, procedure: string): boolean =>
  rowClass === 'sensitive' || rowClass === 'psychotherapy' || typeof catalogue[procedure]?.input === 'function' || rowsOf(procedure).some((row) => row['row class'] === 'any') || procedure === 'patients.glance' || procedure === 'patients.contactFacts'

/** R06: a refusal is one row of the log under the procedure's name, and nothing else. */
function deniedWrongly({ touched, audit, code }: Outcome, { row: { procedure }, turn }: Check): string | undefined {
  // What waits for a file is admitted before it begins, and that it was alone stays on the owner's list.
  if (turn === 'alone' && code !== 'REAUTH' && procedureOf(procedure).kind === 'stream') return audit.some((event) => event.action === 'approval.alone') ? undefined : 'went through alone without a word'
  if (touched.length > 0) return `refused, but changed ${touched.join(', ')}`
  if (audit.length !== 1) return `refused, but logged ${audit.length} times`
  const [event] = audit
  return event?.action === procedure && event.outcome === 'refused' && event.code === code ? undefined : `refused, but logged as ${JSON.stringify(event)}`
}

function allowedWrongly(outcome: Outcome, one: Check): string | undefined {
  const { procedure, 'row class': rowClass } = one.row
  const { kind, audit } = procedureOf(procedure)
  const entry = catalogue[procedure]
  // Whoever has lost the account is signed out with the same commit.
  const events = outcome.audit.filter((event) => event.action !== 'session.ended' || procedure.startsWith('session.') || procedure.startsWith('devices.')).length
  // An action writes its own events; a query is one where the contract names it.
  if (kind === 'command' && events !== (entry?.events ?? 1)) return `done, but logged ${events} times`
  if (kind === 'query' && events !== (audit ? 1 : 0)) return `answered, but logged ${events} times`
  if (kind === 'query' && outcome.touched.length > 0) return `a question changed ${outcome.touched.join(', ')}`
  if (kind === 'action' && outcome.touched.length > 0 && events === 0) return `changed ${outcome.touched.join(', ')} without a word in the log`
  const cell = one.row[one.caller]
  if (cell === 'M') {
    const beyond = beyondMinimum(procedure, one.caller, outcome.output)
    if (beyond.length > 0) return `shows more than the minimum: ${beyond.join(', ')}`
  }
  const text = JSON.stringify(outcome.output ?? null)
  const shown = (entry?.hidden?.[rowClass]?.(one.scene, one.caller) ?? []).filter((part) => text.includes(part))
  const mustHide = cell === 'O' || cell === '-' || (cell === 'G' && one.turn === 'first')
  if (mustHide && shown.length > 0) return `shows what is somebody else's: ${shown.join(', ')}`
  if (cell === 'G' && one.turn === 'glass' && shown.length === 0 && entry?.hidden?.[rowClass]) return 'does not show what was opened'
  return undefined
}

function procedureOf(path: string): Procedure {
  const found = findProcedure(contract, path.split('.'))
  if (!found) throw new Error(`the contract has no ${path}`)
  return found
}
