import { describe, expect, it } from 'vitest'
import { reads } from '#main/domains/staff/repository.ts'
import { planOf } from '#tests/support/plan.ts'
import { makeWorld, refusalOf, type World } from '#tests/support/world.ts'

const MONDAY = '2026-11-23'
const start = { start: '2026-11-17T12:00:00.000Z' }
const day = { kind: 'work', startMin: 480, endMin: 1_020, breakStartMin: 720, breakEndMin: 780 } as const

async function withVisit() {
  const world = await makeWorld(start)
  const desk = world.as('receptionist')
  const newId = world.core.platform.newId
  const [providerId] = world.clinic.providers
  const visit = await desk.scheduling.book({
    id: newId(), patientId: world.clinic.addPatient(world.core), providerId, roomId: null, typeId: null, startsAt: '2026-11-23T14:00:00.000Z', durationMin: 30, reason: null, hasArrived: false,
  })
  return { world, desk, newId, providerId, visit }
}
const nurseOf = ({ clinic }: World) => clinic.people.nurse.staffId

describe('shifts', () => {
  it('stand in the place of the hours, and name at once whom a change leaves without a provider', async () => {
    const { desk, newId, providerId, visit } = await withVisit()
    const id = newId()
    const first = await desk.staff.saveShift({ ...day, id, staffId: providerId, date: MONDAY })
    expect(first.stranded).toEqual([])
    const later = await desk.staff.saveShift({ ...day, id, staffId: providerId, date: MONDAY, startMin: 600 })
    expect(later.stranded).toMatchObject([{ id: visit.id, reason: 'outside-hours' }])
    expect(await desk.scheduling.listStranded({ from: MONDAY, to: MONDAY })).toMatchObject([{ id: visit.id, appointment: { patient: { familyName: 'Lopez' } } }])
    expect((await desk.scheduling.freeSlots({ providerId, from: '2026-11-23T05:00:00.000Z', durationMin: 30, limit: 1 }))[0]?.startsAt).toBe('2026-11-23T15:00:00.000Z')
    // Named once: a second change that does not touch it says nothing about it.
    expect((await desk.staff.saveShift({ ...day, id, staffId: providerId, date: MONDAY, startMin: 615 })).stranded).toEqual([])
    await desk.staff.removeShifts({ ids: [id] })
    expect(await desk.scheduling.listStranded({ from: MONDAY, to: MONDAY })).toEqual([])
  })

  it('are refused over one another, over midnight too, without sense and for nobody', async () => {
    const { world, desk, newId } = await withVisit()
    const shift = { ...day, id: newId(), staffId: nurseOf(world), date: MONDAY }
    await desk.staff.saveShift({ ...shift, startMin: 1_320, endMin: 1_800, breakStartMin: null, breakEndMin: null })
    expect(await refusalOf(desk.staff.saveShift({ ...shift, id: newId(), date: '2026-11-24', startMin: 300, breakStartMin: null, breakEndMin: null }))).toMatchObject({ code: 'SHIFTS_OVERLAP' })
    expect(await refusalOf(desk.staff.saveShift({ ...shift, id: newId(), endMin: 400 }))).toMatchObject({ code: 'SHIFT_TIMES' })
    expect(await refusalOf(desk.staff.saveShift({ ...shift, id: newId(), staffId: newId() }))).toMatchObject({ code: 'STAFF_NOT_FOUND' })
    expect(await refusalOf(desk.staff.removeShifts({ ids: [newId()] }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('fill another week from a week or a template, keep what stands there and leave holidays free', async () => {
    const { world, desk, newId } = await withVisit()
    for (const date of [MONDAY, '2026-11-24', '2026-11-26']) await desk.staff.saveShift({ ...day, id: newId(), staffId: nurseOf(world), date })
    await desk.scheduling.saveHoliday({ id: newId(), date: '2026-12-03', name: 'Closed' })
    await desk.staff.saveShift({ ...day, id: newId(), staffId: nurseOf(world), date: '2026-12-01', startMin: 540 })
    const filled = await desk.staff.fillWeek({ weekOf: '2026-12-02', from: { kind: 'week', weekOf: MONDAY } })
    expect([filled.addedIds.length, filled.kept]).toEqual([1, 1])
    expect((await desk.staff.roster({ weekOf: '2026-12-02' })).shifts.map(({ date, startMin }) => [date, startMin])).toEqual([['2026-11-30', 480], ['2026-12-01', 540]])
    const template = await desk.staff.saveTemplate({ id: newId(), name: 'Usual', weekOf: MONDAY })
    expect((await desk.staff.fillWeek({ weekOf: '2026-12-07', from: { kind: 'template', id: template.id } })).addedIds).toHaveLength(3)
    await desk.staff.removeTemplate({ id: template.id })
    expect(await desk.staff.listTemplates({})).toEqual([])
    expect(await refusalOf(desk.staff.saveTemplate({ id: newId(), name: 'Empty', weekOf: '2027-06-01' }))).toMatchObject({ code: 'WEEK_EMPTY' })
    expect((await desk.staff.hoursReport({ from: MONDAY, to: '2026-11-29' })).filter((one) => one.shifts > 0)).toEqual([{ staffId: nurseOf(world), shifts: 3, workMinutes: 3 * 480, leaveDays: 0 }])
  })
})

describe('leave', () => {
  it('is asked for, approved, names who is stranded, and can be taken back', async () => {
    const { world, desk, newId, visit } = await withVisit()
    const [doctor, administrator] = [world.as('doctor'), world.as('administrator')]
    const wish = { id: newId(), kind: 'vacation', fromOn: MONDAY, toOn: '2026-11-27', note: null } as const
    await doctor.staff.requestLeave(wish)
    expect(await doctor.staff.requestLeave(wish)).toMatchObject({ status: 'requested' })
    expect(await desk.scheduling.listStranded({ from: MONDAY, to: MONDAY })).toEqual([])
    const { stranded } = await administrator.staff.decideLeave({ id: wish.id, isApproved: true })
    expect(stranded).toMatchObject([{ id: visit.id, reason: 'away' }])
    expect(await refusalOf(administrator.staff.decideLeave({ id: wish.id, isApproved: false }))).toEqual({ code: 'ALREADY_DECIDED', data: { status: 'approved' } })
    expect((await desk.scheduling.findSlots({ providerIds: [visit.providerId], typeId: null, durationMin: 30, from: '2026-11-23T05:00:00.000Z', days: 3 })).reasons).toEqual([{ providerId: visit.providerId, reason: 'away' }])
    await doctor.staff.withdrawLeave({ id: wish.id })
    expect(await desk.scheduling.listStranded({ from: MONDAY, to: MONDAY })).toEqual([])
  })

  it('holds at once where somebody calls in sick; why is seen by those who decide only', async () => {
    const { world, desk, newId, visit } = await withVisit()
    const wish = { id: newId(), staffId: visit.providerId, kind: 'sick', fromOn: MONDAY, toOn: MONDAY, note: 'Fever' } as const
    expect((await desk.staff.recordLeave(wish)).stranded).toMatchObject([{ id: visit.id }])
    expect(await world.as('nurse').staff.listLeave({ from: MONDAY })).toEqual([])
    expect((await world.as('nurse').staff.roster({ weekOf: MONDAY })).leaves).toEqual([{ staffId: visit.providerId, fromOn: MONDAY, toOn: MONDAY }])
    expect(await desk.staff.listLeave({ from: MONDAY })).toMatchObject([{ kind: 'sick', note: 'Fever' }])
    expect(await refusalOf(desk.staff.recordLeave({ ...wish, id: newId(), toOn: '2026-11-22' }))).toMatchObject({ code: 'LEAVE_LENGTH' })
  })
})

describe('swaps', () => {
  it('take the colleague’s yes and then the roster’s', async () => {
    const { world, desk, newId } = await withVisit()
    const shift = { ...day, id: newId(), staffId: nurseOf(world), date: MONDAY }
    await desk.staff.saveShift(shift)
    const [nurse, pharmacist] = [world.as('nurse'), world.as('pharmacist')]
    const swap = { id: newId(), shiftId: shift.id, toStaffId: world.clinic.people.pharmacist.staffId, note: null }
    expect(await refusalOf(pharmacist.staff.askSwap({ ...swap, toStaffId: nurseOf(world) }))).toMatchObject({ code: 'SHIFT_NOT_YOURS' })
    await nurse.staff.askSwap(swap)
    expect(await refusalOf(desk.staff.decideSwap({ id: swap.id, isApproved: true }))).toEqual({ code: 'ALREADY_DECIDED', data: { status: 'asked' } })
    expect(await refusalOf(nurse.staff.answerSwap({ id: swap.id, agrees: true }))).toMatchObject({ code: 'NOT_FOUND' })
    await pharmacist.staff.answerSwap({ id: swap.id, agrees: true })
    await desk.staff.decideSwap({ id: swap.id, isApproved: true })
    expect((await desk.staff.roster({ weekOf: MONDAY })).shifts).toMatchObject([{ id: shift.id, staffId: swap.toStaffId }])
    expect(await nurse.staff.listSwaps({})).toEqual([])
    expect(await refusalOf(nurse.staff.withdrawSwap({ id: swap.id }))).toEqual({ code: 'ALREADY_DECIDED', data: { status: 'approved' } })
  })
})

describe('staff.saveCoverage and staff.removeCoverage', () => {
  it('keep a rule for a part of a weekday', async () => {
    const { world, desk, newId } = await withVisit()
    const rule = { id: newId(), role: 'nurse', weekday: 1, startMin: 480, endMin: 720, peopleMin: 1 } as const
    await desk.staff.saveCoverage(rule)
    const { coverage, people } = await desk.staff.roster({ weekOf: MONDAY })
    expect(coverage).toEqual([rule])
    // A rule counts people of a role: without their roles every day would have too few.
    expect(people.map((person) => person.roles).filter((all) => all.includes('nurse'))).toHaveLength(1)
    expect(people.find((person) => person.id === nurseOf(world))?.roles).toEqual(['nurse'])
    expect(await refusalOf(desk.staff.saveCoverage({ ...rule, endMin: 480 }))).toMatchObject({ code: 'COVERAGE_TIMES' })
    await desk.staff.removeCoverage({ id: rule.id })
    expect((await desk.staff.roster({ weekOf: MONDAY })).coverage).toEqual([])
  })
})

it('reads no growing table from end to end', async () => {
  const { core } = await makeWorld(start)
  const readWhole = ['people', 'templates', 'coverage']
  const plans = Object.entries(reads(core.vault.reader)).map(([name, statement]) => [name, planOf(core.vault.reader, statement)] as const)
  expect(plans.filter(([name, plan]) => /\bSCAN\b|TEMP B-TREE/.test(plan) && !readWhole.includes(name))).toEqual([])
})
