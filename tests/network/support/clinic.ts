import { demoFirstNumbers, demoStaff, type DemoWish } from '#drizzle/seed/demo.ts'
import { createCore } from '#main/core/core.ts'
import { fillDemo } from '#main/core/db/fill-demo.ts'
import { createClinicDatabase } from '#main/domains/clinic/service.setup.ts'
import { formatRecoveryKey } from '#shared/kernel/recovery-key.ts'
import { inRoot } from '#tools/lib/paths.ts'

export const PASSWORD = 'three quiet stones'

const ZONE = 'America/Los_Angeles'

/**
 * The demo clinic, small, and unlike the one on the first screen with a printed key: without one no machine can take the
 * host's place. Everybody in it has the same password. Answers the key as it is printed.
 */
export async function makeClinic(folder: string): Promise<string> {
  const core = await createCore({ dataFolder: folder, migrationsFolder: inRoot('drizzle/migrations'), resourcesFolder: inRoot('resources') })
  const wish: DemoWish = { patients: 100, seed: 7, now: core.platform.now(), zone: ZONE, invoicePrefix: 'A' }
  const recoveryKey = core.platform.random(32)
  await createClinicDatabase(core, {
    clinic: {
      id: core.platform.newId(), name: 'Alder Creek Family Clinic', timeZone: ZONE, currency: 'USD', addressLine1: '40 Alder Lane', addressLine2: null,
      city: 'Alder Creek', state: 'OR', postalCode: '97001', phone: '+15550140100', paper: 'letter', invoicePrefix: 'A', isDemo: true,
    },
    people: demoStaff(wish).people.map((person) => ({ ...person, password: PASSWORD })), recoveryKey, firstNumbers: demoFirstNumbers,
    fill: (file, dataKey) => fillDemo(file, dataKey, wish),
  })
  await core.close()
  return formatRecoveryKey(recoveryKey).join('-')
}
