import { ageInYears } from '#shared/kernel/time.ts'
import { cast } from './cast.ts'
import type { Calendar } from './calendar.ts'
import { conditionsOf } from './health.ts'
import type { Topic } from './notes.ts'
import type { DemoPatient } from './patients.ts'
import type { Chance } from './random.ts'
import { reasons } from './reasons.ts'
import type { DemoProvider, DemoStaff, VisitType } from './staff.ts'
import { wellChildMonths } from './vaccines.ts'

/** One appointment as it will stand on the day. */
export interface Planned {
  patient: DemoPatient
  provider: number
  startMs: number
  endMs: number
  type: VisitType
  reason: string
  topic: Topic
}

/** Why somebody is due to come back. */
type Due = 'condition' | 'annual' | 'well' | 'new' | 'sooner'

export interface Waiting {
  /** Somebody comes back about this day. */
  add(patient: DemoPatient, day: number, due: Due): void
  /** The next one for this provider, or undefined. */
  take(provider: number, day: number): { patient: DemoPatient; due: Due } | undefined
  /** Those whose day has come join the queue of their provider. */
  advance(day: number): void
}

export function makeWaiting(): Waiting {
  interface One { patient: DemoPatient; due: Due }
  const byDay = new Map<number, One[]>()
  const queues = new Map<number, { list: One[]; served: number }>()
  const queueOf = (provider: number): { list: One[]; served: number } => {
    const queue = queues.get(provider) ?? { list: [], served: 0 }
    queues.set(provider, queue)
    return queue
  }
  return {
    add: (patient, day, due) => {
      const list = byDay.get(day)
      if (list) list.push({ patient, due })
      else byDay.set(day, [{ patient, due }])
    },
    advance: (day) => {
      for (const one of byDay.get(day) ?? []) queueOf(one.patient.provider).list.push(one)
      byDay.delete(day)
    },
    take: (provider, day) => {
      const queue = queueOf(provider)
      for (let one = queue.list[queue.served]; one; one = queue.list[queue.served]) {
        queue.served += 1
        if (one.patient.busyDay < day && one.patient.lastDay > day) return one
      }
      queue.list = []
      queue.served = 0
      return undefined
    },
  }
}

const durations: Record<VisitType, number> = { 'New patient': 45, 'Annual exam': 45, 'Follow-up': 30, 'Acute visit': 30, 'Short visit': 15, 'Well child': 30, Procedure: 45 }

/** When the patient is likely to come back after this visit. */
export function planReturn(chance: Chance, waiting: Waiting, patient: DemoPatient, day: number, age: number): void {
  const known = conditionsOf(patient.health)
  if (known.length > 0) {
    const every = Math.min(...known.map((one) => one.everyDays))
    waiting.add(patient, day + Math.round(every * (0.8 + chance.next() * 0.5)), 'condition')
  } else if (age < 17) {
    const months = age * 12
    const next = wellChildMonths.find((month) => month > months + 0.7)
    if (next !== undefined && chance.happens(0.85)) waiting.add(patient, day + Math.max(20, Math.round((next - months) * 30.44 + chance.int(0, 20))), 'well')
  } else if (chance.happens(0.6)) waiting.add(patient, day + 365 + chance.int(-20, 60), 'annual')
}

export interface DayInput { chance: Chance; calendar: Calendar; staff: DemoStaff; waiting: Waiting; patients: readonly DemoPatient[]; registered: number; day: number; fill: number }

/** Fills a provider's opening hours: those who are due first, then whoever fell ill. */
export function planProviderDay(input: DayInput, providerIndex: number): Planned[] {
  const { chance, calendar, staff, day, fill } = input
  const provider = staff.providers[providerIndex]
  if (!provider) return []
  const planned: Planned[] = []
  const today = day === calendar.todayIndex ? castQueue(input, providerIndex) : []
  const isFuture = day > calendar.todayIndex
  for (const [from, to] of calendar.openings(day, provider)) {
    for (let at = from; at + 15 * 60_000 <= to; at += 15 * 60_000) {
      if (today.length === 0 && !chance.happens(fill)) continue
      if (today.length > 0 && chance.happens(0.12)) continue
      const next = today.shift() ?? dueVisit(input, provider, providerIndex) ?? (isFuture && chance.happens(0.6) ? undefined : acuteVisit(input, provider))
      if (!next) continue
      const minutes = durations[next.type]
      const endMs = at + (at + minutes * 60_000 <= to ? minutes : 15) * 60_000
      next.patient.busyDay = day
      planned.push({ ...next, provider: providerIndex, startMs: at, endMs })
      at = endMs - 15 * 60_000
    }
  }
  return planned
}

type Visit = Pick<Planned, 'patient' | 'type' | 'reason' | 'topic'>

function dueVisit({ chance, calendar, waiting, day }: DayInput, _provider: DemoProvider, providerIndex: number): Visit | undefined {
  const next = waiting.take(providerIndex, day)
  if (!next) return undefined
  const { patient, due } = next
  const known = conditionsOf(patient.health)
  if (due === 'new') return { patient, type: 'New patient', reason: 'New patient', topic: { kind: 'routine', words: 'New patient', known } }
  if (due === 'well' && ageAt(calendar, patient, day) < 18) return { patient, type: 'Well child', reason: 'Well child', topic: { kind: 'routine', words: 'Well child', known } }
  if (due === 'annual' || known.length === 0) return { patient, type: 'Annual exam', reason: 'Annual exam', topic: { kind: 'routine', words: 'Annual exam', known } }
  const first = [...known].sort((a, b) => a.everyDays - b.everyDays)[0]
  const also = known.filter((one) => one !== first && chance.happens(0.45)).slice(0, 2)
  const about = first ? [first, ...also] : also
  const isSteady = chance.happens(patient.health.control)
  return { patient, type: first?.key === 'fibrillation' ? 'Short visit' : 'Follow-up', reason: first?.reason ?? 'Follow-up', topic: { kind: 'condition', conditions: about, isSteady } }
}

function acuteVisit({ chance, calendar, patients, registered, day }: DayInput, provider: DemoProvider): Visit | undefined {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const patient = patients[Math.floor(chance.next() * registered)]
    if (!patient || patient.busyDay >= day || patient.lastDay <= day || patient.castIndex !== undefined) continue
    const age = ageAt(calendar, patient, day)
    if (age < provider.ages[0] || age > provider.ages[1]) continue
    const reason = chance.pickCommon(reasons)
    if (age < reason.ages[0] || age > reason.ages[1] || (reason.code === 'N39.0' && patient.sex === 'male' && chance.happens(0.85))) continue
    return { patient, type: reason.type, reason: reason.reason, topic: { kind: 'acute', reason } }
  }
  return undefined
}

/** Today begins with the people of the pictures, in their order. */
function castQueue({ patients, calendar, day, chance }: DayInput, providerIndex: number): Visit[] {
  const here = patients.filter((one) => one.castIndex !== undefined && one.provider === providerIndex && one.busyDay < day)
  return here.sort((a, b) => (a.castIndex ?? 0) - (b.castIndex ?? 0)).flatMap((patient): Visit[] => {
    const member = patient.castIndex === undefined ? undefined : cast[patient.castIndex]
    if (!member) return []
    const known = conditionsOf(patient.health)
    const condition = known.find((one) => one.reason === member.reason || member.reason.startsWith(one.reason.split(' ')[0] ?? ''))
    const routine = (['New patient', 'Annual exam', 'Well child', 'Sports physical', 'Results talk', 'Medication review'] as const).find((words) => words === member.reason)
    const acute = reasons.find((one) => one.reason === member.reason)
    if (routine) {
      const type: VisitType = routine === 'Annual exam' || routine === 'New patient' || routine === 'Well child' ? routine : ageAt(calendar, patient, day) < 16 ? 'Short visit' : 'Follow-up'
      return [{ patient, type, reason: member.reason, topic: { kind: 'routine', words: routine, known } }]
    }
    if (acute && !condition) return [{ patient, type: acute.type, reason: member.reason, topic: { kind: 'acute', reason: acute } }]
    if (condition) return [{ patient, type: 'Follow-up', reason: member.reason, topic: { kind: 'condition', conditions: [condition], isSteady: chance.happens(patient.health.control) } }]
    return []
  })
}

export const ageAt = (calendar: Calendar, patient: DemoPatient, day: number): number => ageInYears(patient.birthDate, calendar.dateOf(day))
