import { availabilityRules, appointmentTypes, scheduleBlocks } from '#drizzle/schema/scheduling.ts'
import { rooms, staffMembers, userAccounts, userRoles } from '#drizzle/schema/clinic.ts'
import { addDays, toInstant, weekdayOf, type Instant } from '#shared/kernel/time.ts'
import { makeCalendar, todayHours, type Calendar } from './calendar.ts'
import { emitConsents } from './consents.ts'
import { makeDrawer } from './drawer.ts'
import { makeCashier, type Numbers } from './money.ts'
import { drawPeople, registerPatient, type DemoPatient } from './patients.ts'
import { ageAt, makeWaiting, planProviderDay, planReturn, type Planned, type Waiting } from './plan.ts'
import { emitFavourites } from './prescriptions.ts'
import { makeChance, type Chance } from './random.ts'
import type { Emit, SeedRow } from './rows.ts'
import { emitRoster } from './roster.ts'
import { makeStaff, type DemoPerson, type DemoStaff } from './staff.ts'
import { emitStock } from './stock.ts'
import { emitTasks } from './tasks.ts'
import { emitToday } from './today.ts'
import { emitWaitList } from './wait-list.ts'
import { bookedMs, emitAppointment, emitEncounter, stagesOfDoneVisit, type Desk } from './visit.ts'

export interface DemoWish {
  patients: number
  seed: number
  now: Instant
  zone: string
  invoicePrefix: string
}

export interface DemoPiece {
  rows: readonly SeedRow[]
  /** 0 to 1. */
  done: number
}

export const DEMO_PATIENTS = 1_200
export const DEMO_SEED = 7
/** The numbers that the series begin with in a demo clinic. */
export const demoFirstNumbers: Numbers = { mrn: 100_001, invoice: 1_001, receipt: 1_001 }

/** The staff of a demo clinic; the same for the rows below when the wish is the same. */
export const demoStaff = (wish: DemoWish): DemoStaff => makeStaff(wish.seed, makeCalendar(wish.now, wish.zone).at(0, 480), wish.patients)

/**
 * All rows of a demo clinic after its staff, in pieces small enough to write between two ticks of the event loop.
 * The same wish gives the same rows. Nothing is read back and little is kept: a few hundred bytes a patient.
 * Answers with the next free numbers of the series.
 */
export function* demoRows(wish: DemoWish): Generator<DemoPiece, Numbers> {
  const chance = makeChance(wish.seed)
  const calendar = makeCalendar(wish.now, wish.zone)
  const staff = demoStaff(wish)
  const numbers = { ...demoFirstNumbers }
  let rows: SeedRow[] = []
  const emit: Emit = (table, row) => {
    rows.push({ table, row })
    drawer.add({ table, row })
  }
  // With chances of its own, like all that came later: what is drawn for it changes nothing of the clinic's history.
  const drawer = makeDrawer(makeChance(wish.seed + 2), emit, calendar, staff)
  const piece = (done: number): DemoPiece => {
    const ready = { rows, done }
    rows = []
    return ready
  }

  emitFrame(chance, emit, calendar, staff)
  emitStock(emit, calendar, staff, wish.seed)
  emitRoster(wish.seed, emit, calendar, staff)
  const cashier = makeCashier(chance, emit, calendar, staff, numbers, wish.invoicePrefix)
  const waiting = makeWaiting()
  yield piece(0.01)

  const drafts = drawPeople(chance, calendar, wish.patients)
  const patients: DemoPatient[] = []
  for (const draft of drafts) {
    patients.push(registerPatient(chance, emit, calendar, staff, draft, numbers.mrn++))
    if (patients.length % 25 === 0) yield piece(0.01 + 0.14 * (patients.length / drafts.length))
  }
  drafts.length = 0

  const desk: Desk = { chance, emit, calendar, staff, cashier }
  let registered = 0
  for (let day = 0; day < calendar.days; day += 1) {
    registered = welcomeNew(chance, calendar, waiting, patients, registered, day)
    waiting.advance(day)
    cashier.receive(day)
    const planned = staff.providers.flatMap((_, i) => planProviderDay({ chance, calendar, staff, waiting, patients, registered, day, fill: fillOf(calendar, wish, staff, day) }, i))
    if (day === calendar.todayIndex) emitToday(desk, planned, waiting)
    else for (const one of planned.sort((a, b) => a.startMs - b.startMs)) emitOther(desk, waiting, one, day)
    if (day < calendar.todayIndex) drawer.close(day)
    yield piece(0.15 + 0.84 * (day / calendar.days))
  }
  // With chances of its own: what is drawn for it changes nothing of the clinic's history.
  emitWaitList(makeChance(wish.seed + 1), emit, calendar, staff, patients)
  emitTasks({ chance, emit, calendar, staff }, patients)
  for (const _ of emitConsents(makeChance(wish.seed + 3), emit, calendar, staff, patients)) yield piece(0.99)
  yield piece(1)
  return numbers
}

function emitFrame(chance: Chance, emit: Emit, calendar: Calendar, staff: DemoStaff): void {
  const startMs = calendar.at(0, 480)
  for (const one of staff.more) emitWithoutPassword(emit, one, toInstant(startMs))
  for (const room of staff.rooms) emit(rooms, room)
  for (const type of staff.types) emit(appointmentTypes, type)
  const yesterday = addDays(calendar.today, -1)
  const tomorrow = addDays(calendar.today, 1)
  const weekday = weekdayOf(calendar.today)
  for (const provider of staff.providers) {
    const rule = (day: number, [startMin, endMin]: readonly [number, number], validFrom: string | null, validTo: string | null): void =>
      emit(availabilityRules, { id: chance.id(startMs), providerId: provider.staffId, weekday: day, startMin, endMin, validFrom, validTo })
    for (const day of provider.weekdays) {
      for (const span of provider.hours) {
        // Today has hours of its own when they are moved around the present moment.
        if (day !== weekday || calendar.todayShift === 0) rule(day, span, null, null)
        else {
          rule(day, span, null, yesterday)
          rule(day, span, tomorrow, null)
        }
      }
    }
    if (calendar.todayShift !== 0 || !provider.weekdays.includes(weekday)) for (const span of todayHours(provider, calendar.todayShift)) rule(weekday, span, calendar.today, calendar.today)
  }
  emitFavourites(emit, staff, startMs)
  const second = staff.providers[1]
  if (!second) return
  for (let week = 1; week <= 4; week += 1) {
    const day = calendar.todayIndex + week * 7 - ((weekday + 4) % 7)
    emit(scheduleBlocks, { id: chance.id(startMs), providerId: second.staffId, startsAt: toInstant(calendar.at(day, 1020)), endsAt: toInstant(calendar.at(day, 1080)), title: 'Hospital round' })
  }
}

/** A large clinic's further doctors sign their notes, but nobody has a password for them. */
function emitWithoutPassword(emit: Emit, { userId, userName, roles, staff }: DemoPerson, at: Instant): void {
  emit(staffMembers, { ...staff, createdAt: at })
  emit(userAccounts, { id: userId, staffId: staff.id, userName, loginHash: 'none', disabledAt: at, createdAt: at })
  for (const role of roles) emit(userRoles, { userId, role })
}

/** Newcomers are seen within days; whoever was there before the first day comes back at some point of their interval. */
function welcomeNew(chance: Chance, calendar: Calendar, waiting: Waiting, patients: readonly DemoPatient[], from: number, day: number): number {
  const endMs = calendar.at(day, 1020)
  let at = from
  for (let patient = patients[at]; patient && patient.registeredMs <= endMs; patient = patients[at]) {
    if (day === 0) planFirst(chance, calendar, waiting, patient)
    else waiting.add(patient, day + chance.int(0, 6), ageAt(calendar, patient, day) < 18 ? 'well' : 'new')
    at += 1
  }
  return at
}

function planFirst(chance: Chance, calendar: Calendar, waiting: Waiting, patient: DemoPatient): void {
  const age = ageAt(calendar, patient, 0)
  const days = patient.health.has.length > 0 ? chance.int(0, 110) : age < 18 ? chance.int(0, 300) : chance.int(0, 420)
  if (patient.health.has.length > 0) waiting.add(patient, days, 'condition')
  else if (chance.happens(0.75)) waiting.add(patient, days, age < 18 ? 'well' : 'annual')
}

/** The share of free quarter hours that become an appointment: a practice that grows, is full today and open ahead. */
function fillOf(calendar: Calendar, wish: DemoWish, staff: DemoStaff, day: number): number {
  if (day === calendar.todayIndex) return 0.62
  if (day > calendar.todayIndex) return Math.max(0.06, 0.5 - (day - calendar.todayIndex) * 0.02)
  const crowd = Math.min(1.6, wish.patients / 300 / staff.providers.length)
  return Math.min(0.85, (0.14 + 0.2 * (day / calendar.todayIndex) ** 2) * crowd)
}

function emitOther(desk: Desk, waiting: Waiting, planned: Planned, day: number): void {
  const { chance, calendar } = desk
  const { patient } = planned
  const age = ageAt(calendar, patient, day)
  if (day > calendar.todayIndex) {
    const booked = Math.min(calendar.nowMs - chance.int(10, 4_000) * 60_000, bookedMs(chance, planned.startMs, planned.type))
    return void emitAppointment(desk, planned, { bookedMs: booked, isProposed: chance.happens(0.03) })
  }
  const fate = chance.next()
  if (fate < 0.045) {
    emitAppointment(desk, planned, { bookedMs: bookedMs(chance, planned.startMs, 'Follow-up'), noShowMs: planned.startMs + 20 * 60_000 })
    return waiting.add(patient, day + chance.int(4, 20), 'condition')
  }
  if (fate < 0.095) {
    const booked = bookedMs(chance, planned.startMs, 'Follow-up')
    emitAppointment(desk, planned, { bookedMs: booked, cancelledMs: Math.max(booked + 60_000, planned.startMs - chance.int(60, 4_000) * 60_000) })
    return waiting.add(patient, day + chance.int(2, 14), 'condition')
  }
  const stages = stagesOfDoneVisit(chance, planned)
  const id = emitAppointment(desk, planned, stages)
  // Yesterday's last notes are sometimes still open: the doctor's home lists them.
  const isOpen = day >= calendar.todayIndex - 4 && chance.happens(0.04)
  const done = emitEncounter(desk, planned, id, stages, isOpen ? 'draft' : 'signed', day)
  if (done) {
    const isWaiting = day >= calendar.todayIndex - 4 && chance.happens(0.35)
    if (isWaiting) desk.cashier.leaveUnbilled(done.lines)
    else desk.cashier.bill(done.visit, done.lines, done.signMs + chance.int(2, 25) * 60_000, day)
  }
  planReturn(chance, waiting, patient, day, age)
}
