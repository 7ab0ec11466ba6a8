import { expect, it } from 'vitest'
import { appointments } from '#drizzle/schema/scheduling.ts'
import { makeWorld, refusalOf } from '#tests/support/world.ts'

it('refuses with DISK_FULL when the disk is full, loses nothing, and goes on once there is room', async () => {
  const world = await makeWorld()
  const desk = world.as('receptionist')
  const patientId = world.clinic.addPatient(world.core)
  const { writer, reader } = world.core.vault
  const book = (day: number) => desk.scheduling.book({
    id: world.core.platform.newId(), patientId, providerId: world.clinic.providers[0], roomId: null, typeId: null,
    startsAt: new Date(Date.UTC(2027, 0, day, 15)).toISOString(), durationMin: 15, reason: 'x'.repeat(200),
  })
  await book(1)
  // The engine's own limit on the file answers exactly as a full disk does: SQLITE_FULL.
  const pages = writer.$client.pragma('page_count', { simple: true }) as number // One integer.
  writer.$client.pragma(`max_page_count=${pages}`)
  let taken = 1
  let refusal: { code: string } | undefined
  for (let day = 2; day < 400 && !refusal; day += 1) {
    refusal = await book(day).then(() => void (taken += 1), (error: { code: string }) => error)
  }
  expect(refusal?.code).toBe('DISK_FULL')
  expect(reader.select().from(appointments).all()).toHaveLength(taken)
  expect(await refusalOf(book(399))).toMatchObject({ code: 'DISK_FULL' })
  expect(await desk.scheduling.listDay({ date: '2027-01-01' })).toMatchObject({ appointments: [{ patientId }] })
  writer.$client.pragma('max_page_count=1073741823')
  await book(399)
  expect(reader.select().from(appointments).all()).toHaveLength(taken + 1)
})
