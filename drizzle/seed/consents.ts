import { createHash } from 'node:crypto'
import { consentForms, patientConsents } from '#drizzle/schema/consents.ts'
import { isMinor, signedContent } from '#shared/domains/consents/rules.ts'
import { starterForms } from '#shared/domains/consents/rules.starter.ts'
import { dateInZone, toInstant } from '#shared/kernel/time.ts'
import type { Calendar } from './calendar.ts'
import type { DemoPatient } from './patients.ts'
import type { Chance } from './random.ts'
import type { Emit } from './rows.ts'
import type { DemoStaff } from './staff.ts'

const DAY_MS = 86_400_000

/** The clinic's texts, and what its patients have signed of them: most of it holds, some of it is a year old by now. */
export function* emitConsents(chance: Chance, emit: Emit, calendar: Calendar, staff: DemoStaff, patients: readonly DemoPatient[]): Generator<void> {
  const savedMs = calendar.at(0, 480)
  const owner = staff.people.find((one) => one.roles.includes('administrator')) ?? staff.people[0]
  if (!owner) return
  const forms = starterForms.map((fields) => ({ ...fields, id: chance.id(savedMs), formId: chance.id(savedMs), version: 1, typeIds: '[]', isReviewed: true, asksAgain: true, savedAt: toInstant(savedMs), savedBy: owner.userId }))
  for (const form of forms) emit(consentForms, form)
  for (const [at, patient] of patients.entries()) {
    for (const form of forms) {
      if (form.scope !== 'all' || !chance.happens(0.94)) continue
      const newest = calendar.nowMs - DAY_MS
      const decidedMs = Math.min(newest, Math.max(savedMs + DAY_MS, patient.registeredMs, newest - chance.int(0, 400) * DAY_MS))
      const signerName = isMinor(patient.birthDate, dateInZone(toInstant(decidedMs), calendar.zone)) ? patient.guardian : patient.name
      const row = {
        id: chance.id(decidedMs), patientId: patient.id, formVersionId: form.id, decision: 'signed', how: 'typed', signerName, relation: signerName === patient.name ? null : 'Legal guardian', signature: signerName,
        documentId: null, reason: null, appointmentId: null, withdrawsId: null, decidedAt: toInstant(decidedMs), witnessedBy: chance.pick(staff.desk),
      }
      emit(patientConsents, { ...row, hash: createHash('sha256').update(signedContent(row, form)).digest('hex') })
    }
    if (at % 50 === 49) yield
  }
}
