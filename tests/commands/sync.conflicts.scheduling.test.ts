import { describe, expect, it } from 'vitest'
import { SlotTaken } from '#shared/domains/scheduling/contract.ts'
import type { Appointment } from '#shared/domains/scheduling/model.ts'
import { attentionAt, codesAt, pendingAt, rowsAt, settle, twoMachines, type TwoMachines } from '#tests/support/two-machines.ts'

// One plan, changed on two machines that do not know of each other (docs/sync.conflicts.md).
const TEN = '2026-11-17T15:00:00.000Z'
const HALF_PAST = '2026-11-17T15:30:00.000Z'
const ELEVEN = '2026-11-17T16:00:00.000Z'
const desk = (machine: TwoMachines['one'] | TwoMachines['host']) => machine.as('receptionist').scheduling

async function withBooking() {
  let patientId = ''
  const machines = await twoMachines((host) => {
    patientId = host.clinic.addPatient(host.core)
  })
  const { host, newId } = machines
  const wanted = (startsAt: string) => ({ id: newId(), patientId, providerId: host.clinic.providers[0], roomId: null, typeId: null, startsAt, durationMin: 15, reason: null })
  const booked = await desk(host).book(wanted(TEN))
  await settle(machines.one, machines.two)
  for (const machine of [machines.one, machines.two]) machine.unplug()
  return { ...machines, wanted, booked }
}
const placeOf = ({ providerId, roomId, startsAt, endsAt }: Appointment) => ({ providerId, roomId, startsAt, endsAt })
const stands = (machine: TwoMachines['one'] | TwoMachines['host'], { id }: { id: string }) => rowsAt(machine.core, `select status, starts_at as startsAt from appointments where id = '${id}'`)

describe('booking', () => {
  it('is a request off line; the second one of a time is refused with three others', async () => {
    const { one, two, host, wanted } = await withBooking()
    const [first, second] = [wanted(ELEVEN), wanted(ELEVEN)]
    await desk(one).book(first)
    await desk(two).book(second)
    expect(pendingAt(two.core, 'appointments')).toEqual([second.id])
    await settle(one, two)
    expect([pendingAt(one.core, 'appointments'), pendingAt(two.core, 'appointments')]).toEqual([[], []])
    const [item] = attentionAt(two.core)
    expect(item).toMatchObject({ kind: 'refused', code: 'SLOT_TAKEN', input: { id: second.id, startsAt: ELEVEN }, data: { conflictingId: first.id, cause: 'provider' } })
    expect(SlotTaken.parse(item?.data).alternatives).toHaveLength(3)
    for (const machine of [one, two, host]) expect([stands(machine, first), stands(machine, second)]).toEqual([machine === one ? stands(host, first) : [{ status: 'booked', startsAt: ELEVEN }], []])
  })
})

describe('steps', () => {
  it('holds that somebody has arrived although the appointment was moved meanwhile', async () => {
    const { one, two, host, booked } = await withBooking()
    await desk(one).move({ id: booked.id, version: 1, from: placeOf(booked), providerId: booked.providerId, startsAt: HALF_PAST })
    await desk(two).arrive({ id: booked.id, version: 1 })
    await settle(one, two)
    expect(stands(host, booked)).toEqual([{ status: 'arrived', startsAt: HALF_PAST }])
    expect(codesAt(two.core)).toEqual([])
  })

  it('takes the same step on two machines for one', async () => {
    const { one, two, host, booked } = await withBooking()
    for (const machine of [one, two]) await desk(machine).arrive({ id: booked.id, version: 1 })
    await settle(one, two)
    expect(stands(host, booked)).toMatchObject([{ status: 'arrived' }])
    expect(codesAt(two.core)).toEqual([])
  })

  it('refuses an arrival at what was cancelled, and a cancellation of what was changed, with the reason', async () => {
    const { one, two, host, booked, wanted } = await withBooking()
    const other = await desk(host).book(wanted(ELEVEN))
    await settle(two)
    two.unplug()
    await desk(host).cancel({ id: booked.id, version: 1, reason: 'patient-asked' })
    await desk(host).arrive({ id: other.id, version: 1 })
    await desk(two).arrive({ id: booked.id, version: 1 })
    await desk(two).cancel({ id: other.id, version: 1, reason: 'patient-asked' })
    await settle(two, one)
    expect(attentionAt(two.core)).toMatchObject([{ code: 'STEP_NOT_ALLOWED', data: { status: 'cancelled' } }, { code: 'STALE', data: { version: 2 } }])
    expect([stands(two, booked), stands(two, other)]).toMatchObject([[{ status: 'cancelled' }], [{ status: 'arrived' }]])
  })
})

describe('moving', () => {
  it('takes one of two moves and refuses the other, but not because the patient has arrived', async () => {
    const { one, two, host, booked, wanted } = await withBooking()
    const other = await desk(host).book(wanted(ELEVEN))
    await settle(one, two)
    for (const machine of [one, two]) machine.unplug()
    const move = (machine: TwoMachines['one'], appointment: Appointment, startsAt: string) =>
      desk(machine).move({ id: appointment.id, version: 1, from: placeOf(appointment), providerId: appointment.providerId, startsAt })
    await move(one, booked, HALF_PAST)
    await desk(one).arrive({ id: other.id, version: 1 })
    await move(two, booked, '2026-11-17T19:00:00.000Z')
    await move(two, other, '2026-11-17T20:00:00.000Z')
    await settle(one, two)
    expect([stands(host, booked), stands(host, other)]).toEqual([[{ status: 'booked', startsAt: HALF_PAST }], [{ status: 'arrived', startsAt: '2026-11-17T20:00:00.000Z' }]])
    expect(attentionAt(two.core)).toMatchObject([{ name: 'scheduling.move', code: 'STALE', input: { startsAt: '2026-11-17T19:00:00.000Z' } }])
  })
})

describe('a plan for an absence', () => {
  it('is taken back on two machines once, and not over what somebody has gone on with', async () => {
    const { one, two, host, booked, newId } = await withBooking()
    const [absent, colleague] = host.clinic.providers
    const span = { providerId: absent, from: '2026-11-17', to: '2026-11-17', isAway: true }
    const rows = [{ id: booked.id, version: 1, choice: { kind: 'moved' as const, providerId: colleague, roomId: null, startsAt: TEN } }]
    const plan = await desk(host).applyPlan({ id: newId(), ...span, rows })
    await settle(one, two)
    for (const machine of [one, two]) machine.unplug()
    for (const machine of [one, two]) await desk(machine).undoPlan({ id: plan.id })
    await settle(one, two)
    expect(stands(host, booked)).toEqual([{ status: 'booked', startsAt: TEN }])
    expect([codesAt(one.core), codesAt(two.core)]).toEqual([[], []])

    const again = await desk(host).applyPlan({ id: newId(), ...span, rows: rows.map((row) => ({ ...row, version: 3 })) })
    await settle(one, two)
    for (const machine of [one, two]) machine.unplug()
    await desk(one).arrive({ id: booked.id, version: 4 })
    await desk(two).undoPlan({ id: again.id })
    await settle(one, two)
    expect(codesAt(two.core)).toEqual([['refused', 'PLAN_OUTDATED']])
    expect(stands(host, booked)).toMatchObject([{ status: 'arrived' }])
  })
})
