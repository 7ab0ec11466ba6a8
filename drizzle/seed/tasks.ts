import { recallRules, recalls } from '#drizzle/schema/calls.ts'
import { clinicalTaskWords, tasks, taskSteps, taskWords } from '#drizzle/schema/tasks.ts'
import type { StaffRole } from '#shared/access/roles.ts'
import type { TaskStatus } from '#shared/domains/tasks/model.ts'
import { addDays, toInstant } from '#shared/kernel/time.ts'
import type { Calendar } from './calendar.ts'
import type { DemoPatient } from './patients.ts'
import type { Chance } from './random.ts'
import type { Emit } from './rows.ts'
import type { DemoPerson, DemoStaff } from './staff.ts'

export interface TaskDesk { chance: Chance; emit: Emit; calendar: Calendar; staff: DemoStaff }

interface DemoTask {
  by: StaffRole
  to: StaffRole
  text: string
  /** Days from today until it is due, and how many days ago it was asked. */
  due: number
  ago: number
  status?: TaskStatus
  answer?: string
  isClinical?: boolean
  isUrgent?: boolean
  isAboutNobody?: boolean
}

/** What a clinic asks of each other in a week: most of it open, something late, something answered. */
const asked: readonly DemoTask[] = [
  { by: 'receptionist', to: 'nurse', text: 'Asks whether she should come in fasting. Please call her back.', due: 0, ago: 0 },
  { by: 'receptionist', to: 'nurse', text: 'Room 2 is out of small gloves.', due: 0, ago: 0, isAboutNobody: true },
  { by: 'receptionist', to: 'doctor', text: 'The pharmacy asks for a call back before noon.', due: 0, ago: 0, isUrgent: true },
  { by: 'receptionist', to: 'doctor', text: 'Needs the form for the insurance signed.', due: -2, ago: 4 },
  { by: 'doctor', to: 'receptionist', text: 'Book him with the eye clinic, any day next week.', due: 1, ago: 0 },
  { by: 'doctor', to: 'receptionist', text: 'Ask the hospital for the discharge letter.', due: -1, ago: 3 },
  { by: 'doctor', to: 'nurse', text: 'Potassium again on Thursday, and tell me the result.', due: 2, ago: 1, isClinical: true },
  { by: 'doctor', to: 'nurse', text: 'Check how she gets on with the new inhaler.', due: 7, ago: 1, isClinical: true },
  { by: 'nurse', to: 'receptionist', text: 'Give her a longer slot next time, 30 minutes.', due: 3, ago: 1 },
  { by: 'nurse', to: 'doctor', text: 'Wound is dry, may the stitches come out?', due: 0, ago: 1, status: 'done', answer: 'Yes, on Friday.', isClinical: true },
  { by: 'receptionist', to: 'billing', text: 'Says the last bill was paid twice.', due: 2, ago: 1 },
  { by: 'receptionist', to: 'nurse', text: 'Her daughter will bring the list of medicines.', due: 1, ago: 2, status: 'done', answer: 'It is in the chart now.' },
]

/** Reasons that a desk writes beside a recall. */
const recalled = ['Yearly look', 'Blood pressure in three months', 'Talk about the results', 'Booster is due', 'Look at the knee again'] as const
const RULE_MONTHS = 12

export function emitTasks(desk: TaskDesk, patients: readonly DemoPatient[]): void {
  const { calendar, staff, chance } = desk
  const personOf = (role: StaffRole): DemoPerson | undefined => staff.people.find((one) => one.roles.includes(role))
  const recent = patients.filter((one) => one.registeredMs < calendar.nowMs && one.busyDay >= calendar.todayIndex - 60)
  const anybody = (): DemoPatient | undefined => recent[chance.int(0, Math.max(0, recent.length - 1))]
  for (const one of asked) {
    const [author, addressee] = [personOf(one.by), personOf(one.to)]
    if (author && addressee) emitTask(desk, one, { author, addressee, patient: one.isAboutNobody ? undefined : anybody() })
  }
  const author = personOf('receptionist')
  if (author) for (const [i, reason] of recalled.entries()) emitRecall(desk, author, anybody(), { reason, due: i * 4 - 6 })
  const yearly = staff.types.find((type) => /annual|check/i.test(type.name)) ?? staff.types[0]
  if (yearly) desk.emit(recallRules, { id: chance.id(calendar.at(0, 480)), typeId: yearly.id, months: RULE_MONTHS, isActive: true })
}

interface Parts { author: DemoPerson; addressee: DemoPerson; patient: DemoPatient | undefined }

function emitTask({ chance, emit, calendar }: TaskDesk, one: DemoTask, { author, addressee, patient }: Parts): void {
  const askedMs = Math.min(calendar.nowMs - 50 * 60_000, calendar.at(calendar.todayIndex - one.ago, 495))
  const id = chance.id(askedMs)
  const status = one.status ?? 'open'
  const isClinical = one.isClinical === true && patient !== undefined
  const words = isClinical ? clinicalTaskWords : taskWords
  const settledAt = status === 'done' ? toInstant(calendar.nowMs - 20 * 60_000) : null
  emit(tasks, {
    id, status, urgency: one.isUrgent ? 'urgent' : 'normal', isClinical, toRole: one.to, toStaffId: null, holderId: status === 'done' ? addressee.staff.id : null, patientId: patient?.id ?? null,
    appointmentId: null, encounterId: null, dueOn: addDays(calendar.today, one.due), authorId: author.userId, createdAt: toInstant(askedMs), settledAt, hasNews: status === 'done', version: one.answer ? 3 : 1,
  })
  emit(taskSteps, { id, taskId: id, version: 1, kind: 'added', at: toInstant(askedMs), by: author.userId, toRole: one.to })
  emit(words, { id, text: one.text })
  if (!one.answer || settledAt === null) return
  const said = chance.id(askedMs)
  emit(taskSteps, { id: said, taskId: id, version: 2, kind: 'said', at: settledAt, by: addressee.userId })
  emit(words, { id: said, text: one.answer })
  emit(taskSteps, { id: chance.id(askedMs), taskId: id, version: 3, kind: 'done', at: settledAt, by: addressee.userId })
}

function emitRecall({ chance, emit, calendar }: TaskDesk, author: DemoPerson, patient: DemoPatient | undefined, { reason, due }: { reason: string; due: number }): void {
  if (!patient) return
  const madeMs = calendar.nowMs - 30 * 60_000
  const dueOn = addDays(calendar.today, due)
  emit(recalls, { id: chance.id(madeMs), patientId: patient.id, reason, dueOn, workOn: dueOn, status: 'open', contacts: 0, createdAt: toInstant(madeMs), createdBy: author.userId })
}
