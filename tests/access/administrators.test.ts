import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { userAccounts, userRoles } from '#drizzle/schema/clinic.ts'
import { makeWorld, refusalOf } from '#tests/support/world.ts'

it('R02: the last administrator is not lost, also when the one who asks has lost the account meanwhile', async () => {
  const world = await makeWorld()
  const administrator = world.as('administrator')
  const { people } = world.clinic
  const db = world.core.vault.writer
  db.insert(userRoles).values({ userId: people.doctor.userId, role: 'administrator' }).run()
  // Whoever asks stands at a window that has not heard of it yet.
  db.update(userAccounts).set({ disabledAt: world.core.platform.now() }).where(eq(userAccounts.id, people.administrator.userId)).run()
  expect((await refusalOf(administrator.clinic.disablePerson({ userId: people.doctor.userId }))).code).toBe('LAST_ADMINISTRATOR')
  const standing = world.core.vault.reader.select().from(userAccounts).where(eq(userAccounts.id, people.doctor.userId)).get()
  expect(standing?.disabledAt).toBeNull()
})
