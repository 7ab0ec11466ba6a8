import { afterEach, expect, it } from 'vitest'
import { addMinutes } from '#shared/kernel/time.ts'
import { limits } from '#shared/kernel/limits.ts'
import { contract } from '#shared/rpc/contract.ts'
import { listProcedures, type Procedure } from '#shared/rpc/define.ts'
import type { Door, Session } from '#main/core/rpc/context.ts'
import { askAs } from './ask.ts'
import { validInput } from './catalogue.ts'
import { everyEntrance } from './entrances.ts'
import { hasRight, roleColumns } from './matrix.ts'
import { watchTables } from './probe.ts'
import { makeScene } from './scene.ts'
import { throttle } from './throttle.ts'

// R31: whatever act is declared to need a fresh proof is refused without one, through every door. Which acts need one is
// said in the matrix; here each procedure is given the need in turn, so that none could be declared and not guarded.

type Need = NonNullable<Procedure['fresh']>
interface State { what: string; proof: Session['proof']; minutesAgo: number; passes: Record<Need, boolean> }

const states: readonly State[] = [
  { what: 'the password just now', proof: 'full', minutesAgo: 0, passes: { full: true, recent: true } },
  { what: 'the password as long ago as is allowed', proof: 'full', minutesAgo: limits.fresh_proof_minutes, passes: { full: true, recent: true } },
  { what: 'the password a minute longer ago', proof: 'full', minutesAgo: limits.fresh_proof_minutes + 1, passes: { full: true, recent: false } },
  { what: 'a PIN just now', proof: 'pin', minutesAgo: 0, passes: { full: false, recent: false } },
]

const given: { procedure: { fresh?: Need | undefined }; before: Need | undefined }[] = []
afterEach(() => {
  for (const { procedure, before } of given.splice(0).toReversed()) procedure.fresh = before
})

function need(procedure: Procedure, fresh: Need): void {
  const open = procedure as { fresh?: Need | undefined } // Declarations are read-only to everybody else.
  given.push({ procedure: open, before: open.fresh })
  open.fresh = fresh
}

it('R31: a proof that is not full, or not recent, is refused with REAUTH and changes nothing', { timeout: 120_000 }, async () => {
  const scene = await makeScene()
  const { world } = scene
  watchTables(world.core)
  throttle(scene, true)
  const entrances = everyEntrance(world.core)
  const wrong: string[] = []
  let checks = 0
  for (const { path, procedure } of listProcedures(contract).filter((one) => one.procedure.can !== 'public' && !isSlow(one.path))) {
    const caller = roleColumns.find((role) => hasRight(path, role))
    if (!caller) continue
    for (const fresh of ['full', 'recent'] as const) {
      need(procedure, fresh)
      for (const state of states) {
        for (const entrance of entrances) {
          const standing = (door: Door): void => {
            if (door.session) door.session = { ...door.session, proof: state.proof, provedAt: addMinutes(world.core.platform.now(), -state.minutesAgo) }
          }
          const outcome = await askAs({ scene, entrance, caller, path, standing, input: () => validInput(scene, path, caller) })
          checks += 1
          const isRight = state.passes[fresh] ? outcome.code !== 'REAUTH' || isAlone(procedure, state) : outcome.code === 'REAUTH' && outcome.touched.length === 0 && outcome.audit.length === 1
          if (!isRight) wrong.push(`${path} needing ${fresh}, ${state.what}, ${entrance.name}: ${outcome.code ?? 'allowed'}`)
        }
      }
    }
  }
  for (const entrance of entrances) await entrance.close()
  console.log(`fresh proof: ${checks} checks`)
  expect(wrong).toEqual([])
})

/** What takes two people asks for a recent proof of its own where nobody else is there to ask. */
const isAlone = ({ secondPerson }: Procedure, { passes }: State): boolean => secondPerson !== undefined && !passes.recent

/** These derive a key each time they pass; that they ask for a right at all stands in the matrix. */
const isSlow = (path: string): boolean => path === 'clinic.addPerson' || path === 'clinic.resetAccess' || path === 'audit.verify'
