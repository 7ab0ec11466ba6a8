import { allergies, allergyReviews, immunizations, medicationStatements, problems } from '#drizzle/schema/encounters.ts'
import { coverages, patientContacts, patients } from '#drizzle/schema/patients.ts'
import { noContactRules } from '#shared/domains/patients/rules.contact.ts'
import { languageCode } from '#shared/domains/patients/rules.languages.ts'
import { derivedColumns } from '#shared/domains/patients/rules.derived.ts'
import type { Sex } from '#shared/domains/patients/model.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { addDays, ageInYears, dateInZone, toInstant, type PlainDate } from '#shared/kernel/time.ts'
import { allergens } from './conditions.ts'
import { cast } from './cast.ts'
import type { Calendar } from './calendar.ts'
import { conditionsOf, makeHealth, type Health } from './health.ts'
import { makeHouseholds, type Household, type Member } from './households.ts'
import { emitPrescription, sigOf } from './prescriptions.ts'
import type { Chance } from './random.ts'
import type { Emit } from './rows.ts'
import type { DemoStaff } from './staff.ts'
import { withPeopleTwice } from './twice.ts'
import { childVaccines } from './vaccines.ts'

/** What the simulation keeps of a patient; the rest is written once and forgotten. */
export interface DemoPatient {
  id: Id
  name: string
  /** Who signs for them while they are a child. */
  guardian: string
  sex: Sex
  birthDate: PlainDate
  registeredMs: number
  /** Index of the provider who knows them. */
  provider: number
  payer: string | undefined
  health: Health
  castIndex: number | undefined
  /** Day index after which nobody comes any more. */
  lastDay: number
  /** The newest day with an appointment: nobody comes twice a day. */
  busyDay: number
  chronicRecorded: boolean
  /** Vaccines due up to this moment have been given. */
  vaccinatedMs: number
}

const MS_DAY = 86_400_000
/** The practice is older than its visits in this database: charts were taken over with their problems and allergies. */
const YEARS_BEFORE = 9

interface Draft { member: Member; household: Household; registeredMs: number }

/** Draws `count` people in households, in the order in which they registered. */
export function drawPeople(chance: Chance, calendar: Calendar, count: number): Draft[] {
  const drafts: Draft[] = []
  const start = calendar.at(0, 540)
  for (const household of makeHouseholds(chance, calendar.today)) {
    if (drafts.length >= count) break
    const isCast = household.members.some((one) => one.castIndex !== undefined)
    const back = isCast || chance.happens(0.78) ? start - chance.next() * YEARS_BEFORE * 365 * MS_DAY : start + chance.next() * (calendar.nowMs - start - 3 * MS_DAY)
    for (const member of household.members.slice(0, count - drafts.length)) {
      const isNew = member.castIndex !== undefined && cast[member.castIndex]?.reason === 'New patient'
      const born = Date.parse(member.birthDate) + 6 * MS_DAY
      drafts.push({ member, household, registeredMs: Math.min(calendar.nowMs - 60_000, isNew ? calendar.nowMs - 4 * MS_DAY : Math.max(back + drafts.length % 7 * 60_000, born)) })
    }
  }
  return withPeopleTwice(drafts.sort((a, b) => a.registeredMs - b.registeredMs))
}

export function registerPatient(chance: Chance, emit: Emit, calendar: Calendar, staff: DemoStaff, draft: Draft, mrn: number): DemoPatient {
  const { member, household, registeredMs } = draft
  const id = chance.id(registeredMs)
  const age = ageInYears(member.birthDate, calendar.today)
  const given = member.castIndex === undefined ? undefined : cast[member.castIndex]
  const registered = toInstant(registeredMs)
  const lastDay = given === undefined && age > 60 && chance.happens(0.012) ? chance.int(30, calendar.todayIndex - 10) : Number.POSITIVE_INFINITY
  const named = { familyName: member.familyName, givenName: member.givenName, middleName: member.middleName, preferredName: null, phone: chance.happens(member.isChild ? 1 : 0.7) ? household.phone : `+15550${chance.int(140_000, 199_999)}` }
  emit(patients, {
    id, mrn, ...named, ...derivedColumns(named), suffix: member.suffix, sex: member.sex, birthDate: member.birthDate,
    deceasedOn: lastDay < calendar.todayIndex ? addDays(calendar.firstDay, lastDay) : null,
    email: member.isChild || chance.happens(0.4) ? null : `p${mrn}@example.org`,
    addressLine1: household.address.line, addressLine2: null, city: household.address.city, state: household.address.state, postalCode: household.address.postal,
    country: 'US', ...noContactRules, language: household.language && languageCode(household.language), interpreter: household.language !== null && mrn % 2 === 0 ? 'needed' : null, version: 1, createdAt: registered, updatedAt: registered,
  })
  const guardian = emitContacts(chance, emit, draft, id)
  emitCoverage(chance, emit, draft, id, { from: dateInZone(registered, calendar.zone), today: calendar.today, by: staff.desk[0] })
  const health = makeHealth(chance, age, member.sex, given ? given.conditions ?? [] : undefined)
  const name = [named.givenName, named.middleName, named.familyName].filter(Boolean).join(' ')
  const patient: DemoPatient = {
    id, name, guardian: guardian ?? name, sex: member.sex, birthDate: member.birthDate, registeredMs, payer: household.payer?.name, health, castIndex: member.castIndex, lastDay,
    provider: given ? given.provider : providerFor(chance, staff, age), busyDay: -1, chronicRecorded: false, vaccinatedMs: 0,
  }
  emitAllergies(chance, emit, staff, patient, given?.allergies)
  if (age < 18 && !chance.happens(0.04)) giveVaccinesUntil(chance, emit, staff, patient, Math.max(registeredMs, calendar.at(0, 0)))
  if (registeredMs < calendar.at(0, 0)) emitChronic(chance, emit, staff, patient, registeredMs)
  return patient
}

function providerFor(chance: Chance, staff: DemoStaff, age: number): number {
  const fitting = staff.providers.flatMap((one, i) => (age >= one.ages[0] && age <= one.ages[1] ? [i] : []))
  const children = fitting.filter((i) => (staff.providers[i]?.ages[1] ?? 0) < 30)
  return chance.pick(children.length > 0 && chance.happens(0.75) ? children : fitting)
}

function emitContacts(chance: Chance, emit: Emit, { member, household, registeredMs }: Draft, patientId: Id): string | undefined {
  const other = household.members.find((one) => one !== member && !one.isChild)
  if (!other && !member.isChild && chance.happens(0.55)) return undefined
  const name = other ? `${other.givenName} ${other.familyName}` : `${chance.pick(['Ana', 'Helen', 'Robert', 'Luis', 'Karen', 'Paul'])} ${member.familyName}`
  const relationship = member.isChild ? 'parent' : other ? 'spouse' : chance.pick(['sibling', 'child', 'friend'])
  emit(patientContacts, { id: chance.id(registeredMs), patientId, name, relationship, phone: household.phone, isEmergency: true, isGuardian: member.isChild, removedAt: null })
  return name
}

function emitCoverage(chance: Chance, emit: Emit, { member, household, registeredMs }: Draft, patientId: Id, { from, today, by }: { from: PlainDate; today: PlainDate; by: Id | undefined }): void {
  if (!household.payer) return
  const { name, plan, number } = household.payer
  const subscriber = household.members.find((one) => !one.isChild)
  // From the number itself, so that nothing else is drawn in another way because of it.
  const figure = Number(number.replace(/\D/g, '').slice(-3) || 0)
  const asked = addDays(today, -(figure % 45))
  const verifiedOn = by !== undefined && figure % 5 > 0 && asked > from ? asked : null
  const isSelf = name === 'Medicare' || subscriber === undefined || subscriber === member
  emit(coverages, {
    id: chance.id(registeredMs), patientId, payerName: name, planName: plan, memberNumber: chance.happens(0.02) ? null : number,
    groupNumber: chance.happens(0.6) ? `G${number.slice(0, 4)}` : null, relationship: isSelf ? 'self' : member.isChild ? 'child' : 'spouse',
    subscriberName: isSelf ? null : `${subscriber.givenName} ${subscriber.familyName}`, rank: 1, validFrom: from, validTo: null, endedAt: null,
    copayCents: name === 'Medicare' ? null : 1_500 + (figure % 4) * 500, verifiedOn, verifiedBy: verifiedOn === null ? null : by ?? null,
  })
}

function emitAllergies(chance: Chance, emit: Emit, staff: DemoStaff, patient: DemoPatient, given: (typeof cast)[number]['allergies']): void {
  const recordedAt = toInstant(patient.registeredMs + 20 * 60_000)
  const row = { patientId: patient.id, recordedAt, recordedBy: chance.pick(staff.nurses), enteredInErrorAt: null, enteredInErrorBy: null }
  const write = (label: string, reaction: string, severity: 'mild' | 'moderate' | 'severe' | 'unknown'): void =>
    emit(allergies, { id: chance.id(patient.registeredMs), codeSystem: null, code: null, label, reaction, severity, ...row })
  if (given) {
    for (const [label, reaction, severity] of given) write(label, reaction, severity)
    return
  }
  const kind = chance.next()
  if (kind < 0.22) {
    const first = chance.pickCommon(allergens)
    const second = chance.happens(0.25) ? chance.pick(allergens) : first
    for (const [label, reactions] of new Set([first, second])) {
      const reaction = chance.pick(reactions)
      write(label, reaction, reaction === 'anaphylaxis' ? 'severe' : chance.pick(['mild', 'moderate', 'unknown']))
    }
  } else if (kind < 0.8) emit(allergyReviews, { id: chance.id(patient.registeredMs), noneKnown: true, ...row })
}

/** Gives what has become due since the last time; before registration it was given elsewhere and is only recorded. */
export function giveVaccinesUntil(chance: Chance, emit: Emit, staff: DemoStaff, patient: DemoPatient, untilMs: number): number {
  const born = Date.parse(patient.birthDate)
  let given = 0
  for (const [code, label, months] of childVaccines) {
    for (const month of months) {
      const dueMs = born + month * 30.44 * MS_DAY + 15 * 3_600_000
      if (dueMs <= patient.vaccinatedMs || dueMs > untilMs) continue
      const givenMs = patient.vaccinatedMs === 0 ? Math.min(untilMs, dueMs + chance.int(0, 25) * MS_DAY) : untilMs
      given += 1
      emit(immunizations, {
        id: chance.id(givenMs), patientId: patient.id, codeSystem: 'cvx', code, label, givenAt: toInstant(givenMs), lot: null, site: null,
        recordedAt: toInstant(Math.max(givenMs, patient.registeredMs)), recordedBy: chance.pick(staff.nurses), enteredInErrorAt: null, enteredInErrorBy: null,
      })
    }
  }
  patient.vaccinatedMs = untilMs
  return given
}

/** Problems and the drugs taken for them, as they were taken over or found at the first visit. */
export function emitChronic(chance: Chance, emit: Emit, staff: DemoStaff, patient: DemoPatient, atMs: number): void {
  if (patient.chronicRecorded) return
  patient.chronicRecorded = true
  const recordedBy = staff.providers[patient.provider]?.userId ?? ''
  const recorded = { recordedAt: toInstant(atMs), recordedBy, enteredInErrorAt: null, enteredInErrorBy: null }
  const age = ageInYears(patient.birthDate, toInstant(atMs).slice(0, 10))
  for (const condition of conditionsOf(patient.health)) {
    const onset = toInstant(atMs - Math.floor(chance.next() * Math.min(12, Math.max(0.3, age - 3)) * 365) * MS_DAY).slice(0, 10)
    emit(problems, { id: chance.id(atMs), patientId: patient.id, codeSystem: 'icd10cm', code: condition.code, label: condition.label, status: 'active', onsetOn: onset, resolvedOn: null, ...recorded })
    if (condition.medications.length === 0) continue
    const taken = condition.key === 'fibrillation' ? condition.medications : [chance.pickCommon(condition.medications)]
    for (const [label, sig] of taken) {
      const id = chance.id(atMs)
      emit(medicationStatements, { id, patientId: patient.id, codeSystem: null, code: null, label, sig: sigOf(label, sig), startedOn: onset, endedOn: null, ...recorded })
      emitPrescription(emit, { statementId: id, label, patientId: patient.id, encounterId: null, by: recordedBy, atMs, indication: condition })
    }
  }
}
