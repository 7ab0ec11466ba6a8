import { clinicalNotes, diagnoses, encounters, immunizations, medicationStatements, observations } from '#drizzle/schema/encounters.ts'
import { appointmentChanges, appointments } from '#drizzle/schema/scheduling.ts'
import { AppointmentStatus } from '#shared/domains/scheduling/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { addDays, dateInZone, toInstant } from '#shared/kernel/time.ts'
import type { Calendar } from './calendar.ts'
import { basicLabs, withKidneys, type LabTest } from './conditions.ts'
import { conditionsOf, labRow, progress, vitalRows, vitalsAt, type Vitals } from './health.ts'
import type { Cashier } from './money.ts'
import { writeNote, type Topic } from './notes.ts'
import { emitChronic, giveVaccinesUntil } from './patients.ts'
import { ageAt, type Planned } from './plan.ts'
import { emitPrescription, sigOf } from './prescriptions.ts'
import type { Chance } from './random.ts'
import type { Emit } from './rows.ts'
import type { DemoStaff } from './staff.ts'
import { influenza } from './vaccines.ts'

export interface Desk { chance: Chance; emit: Emit; calendar: Calendar; staff: DemoStaff; cashier: Cashier }

/** When each stage of a visit was reached; what has not happened yet is undefined. */
export interface Stages { bookedMs: number; arrivedMs?: number; roomedMs?: number; startedMs?: number; fulfilledMs?: number; leftMs?: number; cancelledMs?: number; noShowMs?: number; isProposed?: boolean }

export function stagesOfDoneVisit(chance: Chance, { startMs, endMs, type }: Planned): Stages {
  const arrivedMs = startMs - chance.int(1, 14) * 60_000
  const roomedMs = startMs + chance.int(0, 6) * 60_000
  const startedMs = roomedMs + chance.int(3, 8) * 60_000
  const booked = bookedMs(chance, startMs, type)
  const fulfilledMs = Math.max(startedMs + 4 * 60_000, endMs - chance.int(0, 4) * 60_000)
  return { bookedMs: booked, arrivedMs, roomedMs, startedMs, fulfilledMs, leftMs: fulfilledMs + 5 * 60_000 }
}

/** Illness is booked the same day or the day before, check-ups weeks ahead. */
export function bookedMs(chance: Chance, startMs: number, type: Planned['type']): number {
  const isSoon = type === 'Acute visit' || type === 'Short visit' || type === 'Procedure'
  return startMs - (isSoon ? chance.int(40, 1_500) : chance.int(3, 60) * 1_440 + chance.int(0, 300)) * 60_000
}

const MINUTE = 60_000

/** The appointment with every step it took. Returns its id. */
export function emitAppointment(desk: Desk, planned: Planned, stages: Stages): Id {
  const { chance, emit, staff } = desk
  const { patient, provider: at, startMs, endMs } = planned
  const provider = staff.providers[at]
  const id = chance.id(Math.max(patient.registeredMs + MINUTE, stages.bookedMs))
  const roomId = stages.roomedMs === undefined || !provider ? null : provider.rooms[Math.floor(startMs / (15 * MINUTE)) % provider.rooms.length] ?? null
  const booked = Math.max(patient.registeredMs + MINUTE, stages.bookedMs)
  const steps: { status: AppointmentStatus; ms: number; by: Id }[] = [
    { status: stages.isProposed ? AppointmentStatus.proposed : AppointmentStatus.booked, ms: booked, by: chance.pick(staff.desk) },
    ...step(AppointmentStatus.arrived, stages.arrivedMs, chance.pick(staff.desk)),
    ...step(AppointmentStatus.roomed, stages.roomedMs, chance.pick(staff.nurses)),
    ...step(AppointmentStatus.inProgress, stages.startedMs, provider?.userId ?? ''),
    ...step(AppointmentStatus.fulfilled, stages.fulfilledMs, provider?.userId ?? ''),
    ...step(AppointmentStatus.cancelled, stages.cancelledMs, chance.pick(staff.desk)),
    ...step(AppointmentStatus.noShow, stages.noShowMs, chance.pick(staff.desk)),
  ]
  const last = steps[steps.length - 1]
  const slot = { startsAt: toInstant(startMs), endsAt: toInstant(endMs), providerId: provider?.staffId ?? '' }
  emit(appointments, {
    id, patientId: patient.id, roomId, typeId: staff.types.find((type) => type.name === planned.type)?.id ?? null, ...slot, status: last?.status ?? AppointmentStatus.booked,
    reason: planned.reason, arrivedAt: instant(stages.arrivedMs), roomedAt: instant(stages.roomedMs), startedAt: instant(stages.startedMs), fulfilledAt: instant(stages.fulfilledMs), leftAt: instant(stages.leftMs),
    cancelledAt: instant(stages.cancelledMs), cancelReason: stages.cancelledMs === undefined ? null : chance.pick(['patient-asked', 'patient-asked', 'patient-asked', 'provider-away', 'weather']),
    version: steps.length, bookedAt: toInstant(booked), bookedBy: steps[0]?.by ?? '', bufferBeforeMin: 0, bufferAfterMin: 0, telehealthUrl: null, seriesId: null, seriesPlace: null, capacity: 1, missedReason: stages.noShowMs === undefined ? null : 'patient',
  })
  for (const [i, one] of steps.entries()) {
    const isRoomed = stages.roomedMs !== undefined && one.ms >= stages.roomedMs
    emit(appointmentChanges, { id: chance.id(one.ms), appointmentId: id, version: i + 1, changedAt: toInstant(one.ms), changedBy: one.by, status: one.status, ...slot, roomId: isRoomed ? roomId : null })
  }
  return id
}

const step = (status: AppointmentStatus, ms: number | undefined, by: Id) => (ms === undefined ? [] : [{ status, ms, by }])
const instant = (ms: number | undefined): string | null => (ms === undefined ? null : toInstant(ms))

/** `vitals`: measured, the doctor has not come; `draft`: the note is being written; `signed`: done and charged. */
export type Depth = 'vitals' | 'draft' | 'signed'

/** The clinical side of a visit. Returns what there is to bill when it is signed. */
export function emitEncounter(desk: Desk, planned: Planned, appointmentId: Id, stages: Stages, depth: Depth, day: number) {
  const { chance, emit, calendar, staff, cashier } = desk
  const { patient, topic } = planned
  const provider = staff.providers[planned.provider]
  const startMs = stages.roomedMs ?? planned.startMs
  const id = chance.id(startMs)
  const age = ageAt(calendar, patient, day)
  const isSigned = depth === 'signed'
  emit(encounters, {
    id, patientId: patient.id, appointmentId, providerId: provider?.staffId ?? null, status: isSigned ? 'finished' : 'in-progress', reason: planned.reason, place: null,
    startedAt: toInstant(startMs), finishedAt: isSigned ? instant(stages.fulfilledMs) : null,
  })
  progress(chance, patient.health)
  const vitals = vitalsAt(chance, patient.health, age, patient.sex, illness(chance, topic, age))
  const measuredMs = startMs + 3 * MINUTE
  const byNurse = { recordedAt: toInstant(measuredMs), recordedBy: chance.pick(staff.nurses), enteredInErrorAt: null, enteredInErrorBy: null }
  for (const row of vitalRows(vitals)) emit(observations, { id: chance.id(measuredMs), patientId: patient.id, encounterId: id, category: 'vital-signs', ...row, valueText: null, observedAt: toInstant(measuredMs), ...byNurse })
  if (depth === 'vitals') return undefined
  emitChronic(chance, emit, staff, patient, stages.startedMs ?? startMs)
  const signMs = (stages.fulfilledMs ?? startMs) + chance.int(0, 12) * MINUTE
  emitNote(desk, planned, id, vitals, isSigned ? signMs : undefined, (stages.startedMs ?? startMs) + 4 * MINUTE)
  if (!isSigned) return undefined
  emitDiagnoses(desk, planned, id, signMs)
  const vaccines = planned.type === 'Well child' ? giveVaccinesUntil(chance, emit, staff, patient, startMs + 15 * MINUTE) : emitInfluenza(desk, planned, id, startMs, day)
  const labs = emitLabs(desk, planned, id, measuredMs)
  const visit = { encounterId: id, patientId: patient.id, payer: patient.payer, providerUserId: provider?.userId ?? '', diagnoses: diagnosesOf(topic).map(({ code, label }) => `${code} ${label}`) }
  return { visit, lines: cashier.charge(visit, chargeCodes(chance, planned, labs, vaccines), signMs), signMs }
}

function illness(chance: Chance, topic: Topic, age: number) {
  const reason = topic.kind === 'acute' ? topic.reason : undefined
  const withHeight = age < 18 || (topic.kind === 'routine' && topic.words !== 'Results talk') || chance.happens(0.15)
  return { fever: chance.happens(reason?.fever ?? 0), lowOxygen: chance.happens(reason?.lowOxygen ?? 0), withHeight }
}

function emitNote({ chance, emit, staff }: Desk, planned: Planned, encounterId: Id, vitals: Vitals, signMs: number | undefined, savedMs: number): void {
  const authorId = staff.providers[planned.provider]?.userId ?? ''
  const sections = writeNote(chance, planned.topic, vitals)
  emit(clinicalNotes, {
    sensitivity: 'normal', sealedText: null,
    id: chance.id(savedMs), encounterId, patientId: planned.patient.id, authorId, status: signMs === undefined ? 'draft' : 'signed',
    ...(signMs === undefined ? { ...sections, assessment: '', plan: '' } : sections), revision: chance.int(2, 9), savedAt: toInstant(signMs ?? savedMs),
    signedAt: instant(signMs), signedBy: signMs === undefined ? null : authorId,
  })
}

function emitDiagnoses({ chance, emit, calendar, staff }: Desk, planned: Planned, encounterId: Id, atMs: number): void {
  const { topic, patient } = planned
  const recordedBy = staff.providers[planned.provider]?.userId ?? ''
  const recorded = { recordedAt: toInstant(atMs), recordedBy, enteredInErrorAt: null, enteredInErrorBy: null }
  const list = diagnosesOf(topic)
  for (const [i, { code, label }] of list.entries()) emit(diagnoses, { id: chance.id(atMs), encounterId, patientId: patient.id, codeSystem: 'icd10cm', code, label, rank: i + 1, ...recorded })
  if (topic.kind !== 'acute' || !topic.reason.medication) return
  const [label, sig, days] = topic.reason.medication
  const startedOn = dateInZone(toInstant(atMs), calendar.zone)
  const endedOn = addDays(startedOn, days)
  const id = chance.id(atMs)
  emit(medicationStatements, { id, patientId: patient.id, codeSystem: null, code: null, label, sig: sigOf(label, sig), startedOn, endedOn: endedOn <= calendar.today ? endedOn : null, ...recorded })
  emitPrescription(emit, { statementId: id, label, patientId: patient.id, encounterId, by: recordedBy, atMs, indication: topic.reason })
}

const routineDiagnoses = {
  'New patient': { code: 'Z00.00', label: 'Encounter for general adult medical examination without abnormal findings' },
  'Annual exam': { code: 'Z00.00', label: 'Encounter for general adult medical examination without abnormal findings' },
  'Well child': { code: 'Z00.129', label: 'Encounter for routine child health examination without abnormal findings' },
  'Sports physical': { code: 'Z02.5', label: 'Encounter for examination for participation in sport' },
  'Results talk': { code: 'Z71.2', label: 'Person consulting for explanation of examination or test findings' },
  'Medication review': { code: 'Z79.899', label: 'Other long term (current) drug therapy' },
} as const

export function diagnosesOf(topic: Topic): readonly { code: string; label: string }[] {
  switch (topic.kind) {
    case 'acute': return [topic.reason]
    case 'condition': return topic.conditions
    case 'routine': return [routineDiagnoses[topic.words], ...topic.known.slice(0, 2)]
  }
}

function emitInfluenza({ chance, emit, calendar, staff }: Desk, { patient }: Planned, _encounterId: Id, atMs: number, day: number): number {
  const month = Number(calendar.dateOf(day).slice(5, 7))
  const season = Math.floor(calendar.at(day, 720) / (183 * 86_400_000))
  if (month < 9 || month > 12 || patient.vaccinatedMs === season || !chance.happens(0.28)) return 0
  if (ageAt(calendar, patient, day) >= 18) patient.vaccinatedMs = season
  const givenMs = atMs + 12 * MINUTE
  emit(immunizations, {
    id: chance.id(givenMs), patientId: patient.id, codeSystem: 'cvx', code: influenza[0], label: influenza[1], givenAt: toInstant(givenMs), lot: `FL${chance.int(1000, 9999)}`, site: 'left arm',
    recordedAt: toInstant(givenMs), recordedBy: chance.pick(staff.nurses), enteredInErrorAt: null, enteredInErrorBy: null,
  })
  return 1
}

function emitLabs({ chance, emit, staff }: Desk, { patient, topic }: Planned, encounterId: Id, atMs: number): readonly LabTest[] {
  const wanted = topic.kind === 'condition' ? topic.conditions.flatMap((one) => one.labs)
    : topic.kind === 'routine' && (topic.words === 'Annual exam' || topic.words === 'New patient') && chance.happens(0.7) ? basicLabs : []
  const hasKidneyDisease = conditionsOf(patient.health).some((one) => one.key === 'kidney')
  const unique = [...new Map(wanted.map((test) => [test.code, withKidneys(test, hasKidneyDisease)])).values()]
  const recorded = { recordedAt: toInstant(atMs + 90 * MINUTE), recordedBy: chance.pick(staff.nurses), enteredInErrorAt: null, enteredInErrorBy: null }
  for (const test of unique) {
    emit(observations, { id: chance.id(atMs), patientId: patient.id, encounterId, category: 'laboratory', ...labRow(chance, patient.health, test), valueText: null, observedAt: toInstant(atMs + 5 * MINUTE), ...recorded })
  }
  return unique
}

const inHouse: Readonly<Record<string, string>> = { '4548-4': 'L-045', '3084-1': 'L-031', '6301-6': 'L-120' }

function chargeCodes(chance: Chance, { topic, type }: Planned, labs: readonly LabTest[], vaccines: number): string[] {
  const visit: Record<Planned['type'], string> = {
    'New patient': 'V-104', 'Annual exam': 'V-110', 'Well child': 'V-112', 'Follow-up': chance.happens(0.7) ? 'V-204' : 'V-203', 'Acute visit': chance.happens(0.45) ? 'V-204' : 'V-203',
    'Short visit': chance.happens(0.7) ? 'V-203' : 'V-201', Procedure: 'V-203',
  }
  const extras = topic.kind === 'acute' ? topic.reason.extras ?? [] : []
  const tests = labs.flatMap((test) => inHouse[test.code] ?? [])
  const sentOut = labs.some((test) => inHouse[test.code] === undefined) ? ['L-001'] : []
  const shots = vaccines > 0 ? ['I-001', type === 'Well child' ? 'I-120' : 'I-110'] : []
  return [...new Set([visit[type], ...tests, ...sentOut, ...extras, ...shots])]
}
