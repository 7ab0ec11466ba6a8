import * as z from 'zod'
import { profiles } from '#shared/sync/messages.ts'
import { MACHINES_MAX } from './engine/clinic.ts'
import { randomOf, seedFor, type Random } from './engine/random.ts'
import { intents } from './workload.ts'

const at = z.int().min(0)
/** Decides what is chosen within the step; of its own, so that a shorter plan chooses the same. */
const seed = z.int()
const machine = z.int().min(0)
const base = { at, seed }

/** One thing that a person, the power or the network does. */
export const Step = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('command'), ...base, machine, what: z.enum(intents) }),
  /** At the n-th such point from then on the machine stops, and starts again after a while. */
  z.strictObject({ do: z.literal('crash'), ...base, machine, point: z.enum(['before-commit', 'after-commit', 'before-send', 'after-send']), skip: z.int(), downMs: z.int() }),
  /** The n-th write from then on fails. */
  z.strictObject({ do: z.literal('disk'), ...base, machine, code: z.enum(['SQLITE_FULL', 'SQLITE_IOERR_WRITE']), skip: z.int() }),
  /** The cable: one way or both; neither end is told. */
  z.strictObject({ do: z.literal('cut'), ...base, machine, way: z.enum(['to-host', 'from-host', 'both']), ms: z.int() }),
  z.strictObject({ do: z.literal('clock'), ...base, machine, byMs: z.int() }),
  z.strictObject({ do: z.literal('roles'), ...base, person: z.int(), isGranted: z.boolean() }),
  z.strictObject({ do: z.literal('revoke'), ...base, machine }),
  z.strictObject({ do: z.literal('snapshot'), ...base, machine }),
  /** A verified copy of the host is kept elsewhere. */
  z.strictObject({ do: z.literal('backup'), ...base }),
  /** The host's disk is gone; it goes on from the newest copy, as a new epoch. */
  z.strictObject({ do: z.literal('restore'), ...base }),
  /** The standby becomes host; the old one, if it lives, does not know. */
  z.strictObject({ do: z.literal('promote'), ...base, downMs: z.int() }),
  /** I5 in full, in the middle of everything. */
  z.strictObject({ do: z.literal('look'), ...base, machine }),
])
export type Step = z.infer<typeof Step>

const chance = z.number().min(0).max(1)
export const Plan = z.strictObject({
  seed: z.int(),
  members: z.array(z.strictObject({ profile: z.enum(profiles), speaks: z.enum(['now', 'too-old']) })).min(1).max(MACHINES_MAX - 1),
  lastsMs: z.int(),
  pageRows: z.int(),
  /** Of each message: lost, twice, past others, late, or broken off, which ends the connection. */
  net: z.strictObject({ lost: chance, twice: chance, past: chance, late: chance, broken: chance }),
  isEncrypted: z.boolean(),
  /** Messages are checked against their shapes on arrival, as on the wire. */
  isStrict: z.boolean(),
  isHostAhead: z.boolean(),
  steps: z.array(Step),
})
export type Plan = z.infer<typeof Plan>

/** Each kind of fault is in some schedules and not in others, so that one does not hide what another would show. */
export function planFor(planSeed: number): Plan {
  const random = randomOf(seedFor(planSeed, 'plan'))
  const members = Array.from({ length: random.between(1, 3) }, (_, n) => ({ profile: random.pick(n === 0 ? (['standby', 'clinical'] as const) : profiles), speaks: random.chance(0.02) ? ('too-old' as const) : ('now' as const) }))
  const lastsMs = 45_000
  const some = (limit: number): number => (random.chance(0.5) ? 0 : random.next() * limit)
  return {
    seed: planSeed, members, lastsMs, pageRows: random.pick([5, 20, 500]),
    net: { lost: some(0.15), twice: some(0.15), past: some(0.15), late: some(0.15), broken: some(0.05) },
    isEncrypted: planSeed % 50 === 0, isStrict: planSeed % 10 === 0, isHostAhead: random.chance(0.05),
    steps: [...work(random, members.length, lastsMs), ...faults(random, members.length, lastsMs)].sort((one, two) => one.at - two.at),
  }
}

const stepSeed = (random: Random): number => random.below(2 ** 31)

function work(random: Random, members: number, lastsMs: number): Step[] {
  const count = random.between(5, 10) * (members + 1)
  return Array.from({ length: count }, () => ({ do: 'command', at: random.below(lastsMs), seed: stepSeed(random), machine: random.below(members + 1), what: random.pick(intents) }))
}

function faults(random: Random, members: number, lastsMs: number): Step[] {
  const base = () => ({ at: random.below(lastsMs), seed: stepSeed(random) })
  const anyone = (): number => random.below(members + 1)
  const member = (): number => random.between(1, members)
  const kinds: [probability: number, most: number, make: () => Step][] = [
    [0.5, 4, () => ({ ...base(), do: 'crash', machine: anyone(), point: random.pick(['before-commit', 'after-commit', 'before-send', 'after-send']), skip: random.below(6), downMs: random.between(500, 8_000) })],
    [0.2, 2, () => ({ ...base(), do: 'disk', machine: anyone(), code: random.pick(['SQLITE_FULL', 'SQLITE_IOERR_WRITE']), skip: random.below(30) })],
    [0.5, 4, () => ({ ...base(), do: 'cut', machine: member(), way: random.pick(['to-host', 'from-host', 'both']), ms: random.between(1_000, 30_000) })],
    [0.2, 2, () => ({ ...base(), do: 'clock', machine: anyone(), byMs: random.pick([-1, 1]) * random.pick([60_000, 3_600_000, 86_400_000]) })],
    [0.3, 2, () => ({ ...base(), do: 'roles', person: random.between(1, 5), isGranted: random.chance(0.5) })],
    [0.08, 1, () => ({ ...base(), do: 'revoke', machine: member() })],
    [0.1, 1, () => ({ ...base(), do: 'snapshot', machine: member() })],
    [0.6, 3, () => ({ ...base(), do: 'look', machine: member() })],
  ]
  const chosen = kinds.flatMap(([probability, most, make]) => (random.chance(probability) ? Array.from({ length: random.between(1, most) }, make) : []))
  return [...chosen, ...ends(random, base)]
}

/** The end of a host: by its disk, or by another one that takes its place. Not both in one schedule. */
function ends(random: Random, base: () => { at: number; seed: number }): Step[] {
  if (random.chance(0.12)) return [{ ...base(), do: 'backup' }, { ...base(), do: 'backup' }, { ...base(), do: 'restore' }]
  if (random.chance(0.15)) return [{ ...base(), do: 'promote', downMs: random.pick([0, 5_000, 60_000]) }]
  return []
}
