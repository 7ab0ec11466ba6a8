import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { userRoles } from '#drizzle/schema/clinic.ts'
import { patients } from '#drizzle/schema/patients.ts'
import type { CairnClient } from '#shared/rpc/client.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

/** Two administrators, and a file with one chart. */
async function twoAdministrators() {
  const world = await makeWorld()
  world.core.vault.writer.insert(userRoles).values({ userId: world.clinic.people.doctor.userId, role: 'administrator' }).run()
  const file = path.join(world.folder, 'charts.ndjson')
  const patient = { resourceType: 'Patient', id: 'a', name: [{ family: 'Quill', given: ['Ada'] }], gender: 'female', birthDate: '1980-01-01' }
  fs.writeFileSync(file, JSON.stringify(patient))
  return { world, admin: world.as('administrator'), second: world.as('doctor'), input: { id: world.core.platform.newId(), path: file, dryRun: false } }
}

async function run(client: CairnClient, input: { id: string; path: string; dryRun: boolean }): Promise<void> {
  for await (const _event of await client.migration.importFhir(input));
}

const permitted = async (world: World, admin: CairnClient, second: CairnClient, input: object): Promise<string> => {
  const { id } = await admin.approvals.request({ id: world.core.platform.newId(), procedure: 'migration.importFhir', input, reason: 'Charts of the former practice' })
  expect(await second.approvals.approve({ id })).toMatchObject({ outcome: 'permitted', approval: { status: 'permitted' } })
  return id
}
const charts = (world: World): number => world.core.vault.reader.select().from(patients).all().length

describe('an act that waits for files gets a permit: migration.importFhir', () => {
  it('runs once, within a day, for exactly that person and input; a trial run needs nobody', async () => {
    const { world, admin, second, input } = await twoAdministrators()
    await run(admin, { ...input, dryRun: true })
    expect(await refusalOf(run(admin, input))).toMatchObject({ code: 'NEEDS_SECOND_PERSON' })
    await permitted(world, admin, second, input)
    for (const other of [{ ...input, id: world.core.platform.newId() }, { ...input, path: `${input.path}.gz` }, { ...input, source: 'else' }]) {
      expect(await refusalOf(run(admin, other))).toMatchObject({ code: 'NEEDS_SECOND_PERSON' })
    }
    expect(await refusalOf(run(second, input))).toMatchObject({ code: 'NEEDS_SECOND_PERSON' })
    expect(charts(world)).toBe(0)
    await run(admin, input)
    expect(charts(world)).toBe(1)
    expect(await admin.approvals.listMine({})).toMatchObject([{ status: 'used', decidedBy: { name: 'Amira Haddad' } }])
    expect(await refusalOf(run(admin, input))).toMatchObject({ code: 'NEEDS_SECOND_PERSON' })
  })

  it('is worth nothing after a day', async () => {
    const { world, admin, second, input } = await twoAdministrators()
    await permitted(world, admin, second, input)
    world.clock.advanceMinutes(24 * 60)
    expect(await refusalOf(run(admin, input))).toMatchObject({ code: 'NEEDS_SECOND_PERSON' })
    expect(await admin.approvals.listMine({})).toMatchObject([{ status: 'permitted', isExpired: true }])
  })
})
