import { DEMO_PATIENTS, DEMO_SEED, demoFirstNumbers, demoStaff, type DemoWish } from '#drizzle/seed/demo.ts'
import type { ExploreDemoInput, SetupProgress } from '#shared/domains/clinic/contract.ts'
import type { Clinic } from '#shared/domains/clinic/model.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { Core } from '#main/core/core.ts'
import { fillDemo } from '#main/core/db/fill-demo.ts'
import { passwordProblemAt } from '#main/core/keys/block-list.ts'
import type { StreamContext } from '#main/core/rpc/context.ts'
import { enterAs } from '#main/domains/session/service.ts'
import { buildClinicDatabase } from './service.setup.ts'

const INVOICE_PREFIX = 'A'

/** Builds the demo clinic, tells how far it is, and signs the explorer in as the person they chose. Stopped half way, nothing is left. */
export async function* exploreDemo({ core, door, signal }: StreamContext, input: ExploreDemoInput): AsyncGenerator<SetupProgress> {
  const { staff, building } = buildDemo(core, input)
  for await (const done of building) {
    if (signal.aborted) return
    yield { done }
  }
  const person = staff.people.find((one) => one.roles.includes(input.startAs)) ?? staff.people[0]
  assert(person, 'the demo clinic has people')
  enterAs(core, door, person.userName, { withPrintedKey: true })
  yield { done: 1 }
}

export function buildDemo(core: Core, input: Omit<ExploreDemoInput, 'startAs'>) {
  if (core.vault.state !== 'empty') throw refuse('ALREADY_SET_UP')
  const wish: DemoWish = {
    patients: input.patients ?? DEMO_PATIENTS, seed: input.seed ?? DEMO_SEED, now: core.platform.now(), zone: input.timeZone, invoicePrefix: INVOICE_PREFIX,
  }
  const clinic = demoClinic(core.platform.newId(), wish)
  const staff = demoStaff(wish)
  const problem = passwordProblemAt(core, input.password, [clinic.name])
  if (problem) throw refuse('PASSWORD_WEAK', { problem })
  const people = staff.people.map((one) => ({ ...one, password: input.password }))
  return { staff, building: buildClinicDatabase(core, { clinic, people, firstNumbers: demoFirstNumbers, fill: (file, dataKey) => fillDemo(file, dataKey, wish) }) }
}

const demoClinic = (id: Id, wish: DemoWish): Clinic => ({
  id, name: 'Alder Creek Family Clinic', timeZone: wish.zone, currency: 'USD', addressLine1: '40 Alder Lane', addressLine2: null, city: 'Alder Creek', state: 'OR',
  postalCode: '97001', phone: '+15550140100', paper: 'letter', invoicePrefix: wish.invoicePrefix, isDemo: true,
})
