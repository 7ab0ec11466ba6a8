import type { Planned, Waiting } from './plan.ts'
import { bookedMs, emitAppointment, emitEncounter, stagesOfDoneVisit, type Desk, type Stages } from './visit.ts'

const MINUTE = 60_000

/**
 * Today as the clock finds it: what lies behind is done, each provider has someone in a room or is with someone, the
 * next ones have arrived, the rest is booked. Every state occurs at least once as long as there are enough appointments.
 */
export function emitToday(desk: Desk, planned: readonly Planned[], waiting: Waiting): void {
  const { nowMs } = desk.calendar
  const day = desk.calendar.todayIndex
  const past = planned.filter((one) => one.endMs <= nowMs - 6 * MINUTE).sort((a, b) => a.startMs - b.startMs)
  const current = planned.filter((one) => !past.includes(one) && one.startMs <= nowMs).sort((a, b) => a.provider - b.provider)
  const next = planned.filter((one) => one.startMs > nowMs).sort((a, b) => a.startMs - b.startMs)

  for (const [i, one] of past.entries()) emitPast(desk, one, day, { isNoShow: i === 3, isCancelled: i === 6, isRecent: i >= past.length - 3 })
  for (const [i, one] of current.entries()) emitCurrent(desk, one, day, i)
  for (const [i, one] of next.entries()) emitNext(desk, one, day, { i, count: next.length })
  for (const one of planned) waiting.add(one.patient, day + desk.chance.int(20, 90), 'condition')
}

function emitPast(desk: Desk, one: Planned, day: number, { isNoShow, isCancelled, isRecent }: { isNoShow: boolean; isCancelled: boolean; isRecent: boolean }): void {
  const { chance, calendar } = desk
  const booked = Math.min(one.startMs - 90 * MINUTE, bookedMs(chance, one.startMs, one.type))
  if (isNoShow) return void emitAppointment(desk, one, { bookedMs: booked, noShowMs: Math.min(calendar.nowMs, one.startMs + 15 * MINUTE) })
  if (isCancelled) return void emitAppointment(desk, one, { bookedMs: booked, cancelledMs: one.startMs - 45 * MINUTE })
  const usual = stagesOfDoneVisit(chance, one)
  const fulfilledMs = Math.min(usual.fulfilledMs ?? one.endMs, one.endMs)
  const { leftMs: _usual, ...until } = usual
  const stages: Stages = { ...until, fulfilledMs, ...(isRecent ? {} : { leftMs: Math.min(calendar.nowMs, fulfilledMs + 5 * MINUTE) }) }
  const id = emitAppointment(desk, one, stages)
  const done = emitEncounter(desk, one, id, { ...stages, fulfilledMs: Math.min(fulfilledMs, calendar.nowMs - 13 * MINUTE) }, 'signed', day)
  if (!done) return
  // The newest ones stand at the checkout, others wait on the work list.
  if (isRecent || chance.happens(0.4)) desk.cashier.leaveUnbilled(done.lines)
  else desk.cashier.bill(done.visit, done.lines, Math.min(calendar.nowMs - 12 * MINUTE, done.signMs + chance.int(2, 9) * MINUTE), day)
}

/** In turn: with the doctor and a note begun, in a room with vitals taken, waiting outside although the time has come. */
function emitCurrent(desk: Desk, one: Planned, day: number, i: number): void {
  const { chance, calendar } = desk
  const base: Stages = { bookedMs: bookedMs(chance, one.startMs, 'Follow-up'), arrivedMs: Math.min(calendar.nowMs - 2 * MINUTE, one.startMs - chance.int(3, 12) * MINUTE) }
  const late = (minutes: number, afterMs: number): number => Math.max(afterMs + MINUTE, Math.min(calendar.nowMs - minutes * MINUTE, one.startMs + 5 * MINUTE))
  if (i % 4 === 3) return void emitAppointment(desk, one, base)
  const roomedMs = late(6, base.arrivedMs ?? one.startMs)
  if (i % 4 === 2) {
    const stages = { ...base, roomedMs }
    return void emitEncounter(desk, one, emitAppointment(desk, one, stages), stages, 'vitals', day)
  }
  const stages = { ...base, roomedMs, startedMs: late(2, roomedMs) }
  emitEncounter(desk, one, emitAppointment(desk, one, stages), stages, 'draft', day)
}

function emitNext(desk: Desk, one: Planned, day: number, { i, count }: { i: number; count: number }): void {
  const { chance, calendar } = desk
  const booked = Math.min(calendar.nowMs - 60 * MINUTE, bookedMs(chance, one.startMs, one.type))
  if (i === 1) {
    const stages: Stages = { bookedMs: booked, arrivedMs: calendar.nowMs - 11 * MINUTE, roomedMs: calendar.nowMs - 4 * MINUTE }
    return void emitEncounter(desk, one, emitAppointment(desk, one, stages), stages, 'vitals', day)
  }
  if (i === 0 || i === 2 || i === 3) return void emitAppointment(desk, one, { bookedMs: booked, arrivedMs: calendar.nowMs - (18 - i * 5) * MINUTE })
  emitAppointment(desk, one, { bookedMs: booked, isProposed: i === Math.floor(count * 0.6) })
}
