process.env['CAIRN_LOG'] ??= 'error'

import { createCore } from '#main/core/core.ts'
import { inProcessClient } from '#main/core/rpc/in-process.ts'
import { accountByUserName } from '#main/domains/session/repository.ts'
import { startSession } from '#main/domains/session/service.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { uuidv7At } from '#shared/kernel/ids.ts'
import { inRoot } from '#tools/lib/paths.ts'
import { copyOf, dataset, type Dataset } from './support/dataset.ts'
import { ms, sampleOf, timesOfAsync, type Sample } from './support/measure.ts'

/**
 * How cost grows with the clinic: the same calls through the whole pipeline in the core, on databases of growing size,
 * in turns. `BENCH_SIZES=1000,10000,100000,1000000` for the million. The ratio is to the 10,000 column.
 */
const sizes = (process.env['BENCH_SIZES'] ?? '1000,10000,100000').split(',').map(Number)
const ROUNDS = 8
const CALLS = 40

interface Clinic { data: Dataset; desk: CairnClient; doctor: CairnClient; close: () => Promise<void> }

const clinics: Clinic[] = []
for (const size of sizes) clinics.push(await openClinic(copyOf(await dataset(size), 'growth')))

const operations: [what: string, asked: string, run: (clinic: Clinic, i: number) => Promise<unknown>][] = [
  ['search, one word', '≤ 1.5', ({ desk, data }, i) => desk.patients.search({ text: name(data, i).family.slice(0, 3), limit: 20 })],
  ['search, first and last name', '≤ 5', ({ desk, data }, i) => desk.patients.search({ text: `${name(data, i).given} ${name(data, i).family}`, limit: 20 })],
  ['search, phone digits', '≤ 1.5', ({ desk }, i) => desk.patients.search({ text: `413 ${2_000 + (i * 37) % 7_000}`, limit: 20 })],
  ['full chart', '≤ 1.5', ({ doctor, data }, i) => doctor.encounters.openChart({ patientId: patient(data, i) })],
  ['day list', '≤ 1.5', ({ desk }, i) => desk.scheduling.listDay({ date: `2000-0${1 + (i % 6)}-1${i % 9}` })],
  ['book', '≤ 1.5', ({ desk, data }, i) => desk.scheduling.book({ id: id(), patientId: patient(data, i), providerId: data.providers[0] ?? '', roomId: null, typeId: null, startsAt: new Date(Date.UTC(2300, 0, 1) + i * 900_000).toISOString(), durationMin: 15, reason: null })],
  ['payment', '≤ 1.5', ({ desk, data }, i) => desk.billing.takePayment({ id: id(), patientId: patient(data, i), invoiceId: null, amountCents: 2_500, method: 'cash', reference: null })],
]

console.log(`\nin the core, ms a call, median / p95 of ${ROUNDS * CALLS} calls each, sizes in turns`)
console.log(['what'.padEnd(30), ...sizes.map((size) => String(size).padStart(17)), 'largest : 10k', 'asked'].join('  '))
for (const [what, asked, run] of operations) {
  const samples = await inTurns(run)
  const base = samples[sizes.indexOf(10_000)]?.medianMs ?? samples[0]?.medianMs ?? Number.NaN
  const growth = (samples.at(-1)?.medianMs ?? Number.NaN) / base
  console.log([what.padEnd(30), ...samples.map((one) => `${ms(one.medianMs)} / ${ms(one.p95Ms)}`.padStart(17)), growth.toFixed(2).padStart(13), asked].join('  '))
}
for (const clinic of clinics) await clinic.close()

async function inTurns(run: (clinic: Clinic, i: number) => Promise<unknown>): Promise<Sample[]> {
  const times = clinics.map(() => [] as number[])
  for (let round = -1; round < ROUNDS; round += 1) {
    for (const [at, clinic] of clinics.entries()) {
      const taken = await timesOfAsync(CALLS, (i) => run(clinic, (round + 1) * CALLS + i))
      if (round >= 0) times[at]?.push(...taken)
    }
  }
  return times.map((one) => sampleOf(one))
}

async function openClinic(data: Dataset): Promise<Clinic> {
  const core = await createCore({ dataFolder: data.folder, migrationsFolder: inRoot('drizzle/migrations'), resourcesFolder: inRoot('resources') })
  core.vault.open(Buffer.from(data.key, 'hex'))
  const as = (userName: string): CairnClient => {
    const door = core.openDoor('test')
    const account = accountByUserName(core.vault.reader, userName)
    if (account) startSession(core, door, account)
    return inProcessClient(core, door)
  }
  return { data, desk: as('receptionist'), doctor: as('doctor'), close: () => core.close() }
}

function name(data: Dataset, i: number): { family: string; given: string } {
  return data.names[(i * 31) % data.names.length] ?? { family: 'Lopez', given: 'Maria' }
}
function patient(data: Dataset, i: number): string {
  return data.patientIds[(i * 7_919) % data.patientIds.length] ?? ''
}
function id(): string {
  return uuidv7At(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
}
