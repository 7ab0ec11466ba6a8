import { createHash } from 'node:crypto'
import type { AppointmentDraft, LedgerDraft, PatientDraft } from '#shared/domains/migration/csv/model.ts'
import { uuidFromBytes, type Id } from '#shared/kernel/ids.ts'
import { addMinutes, instantInZone } from '#shared/kernel/time.ts'
import type { WriteContext } from '#main/core/rpc/context.ts'
import { importEntry } from '#main/domains/billing/service.import.ts'
import { importCoverage, importIdentifier, importPatient } from '#main/domains/patients/service.import.ts'
import { importAppointment } from '#main/domains/scheduling/service.import.ts'
import * as repository from './repository.csv.ts'
import { insertEncounter } from './repository.rows.ts'

export interface Taking { readonly id: Id; readonly source: string }
type Outcome = { readonly state: 'written' | 'here' | 'left'; readonly madeId: Id | null; readonly problem?: 'NO_BIRTH_DATE' | 'SLOT_TAKEN' | 'NO_PATIENT' }

/** Names the numbers of one former system: a second file of it finds the first one's people. */
export const systemOf = (source: string): string => `urn:cairn:csv:${source}`

/** What a row becomes has an id of what it says: a second import of it changes nothing. */
export function rowIdOf({ source }: Taking, ...what: readonly (string | number | null)[]): Id {
  const bytes = createHash('sha256').update([source, ...what].join('\n')).digest().subarray(0, 16)
  return uuidFromBytes(bytes, 8)
}

function note(context: WriteContext, { id }: Taking, table: string, rowId: string): void {
  repository.noteMade(context.db, id, table, rowId)
}

/** All rows that are one person: a new patient, or one who is here and gets the numbers. Where they differ, the fullest row counts. */
export function writePerson(context: WriteContext, taking: Taking, drafts: readonly PatientDraft[], known: Id | null): Outcome {
  const [first, ...others] = drafts.toSorted((a, b) => filledIn(b) - filledIn(a) || a.line - b.line)
  if (!first) return { state: 'left', madeId: null }
  const whole = others.reduce(withGapsFilled, first)
  const patientId = known ?? newPatient(context, taking, whole)
  if (patientId === null) return { state: 'left', madeId: null, problem: 'NO_BIRTH_DATE' }
  const system = systemOf(taking.source)
  for (const { account } of drafts) if (account !== null && importIdentifier(context, patientId, system, account)) note(context, taking, 'patient_identifiers', `${system}\n${account}`)
  return { state: 'written', madeId: patientId }
}

const filledIn = (draft: PatientDraft): number => Object.values(draft).filter((one) => one !== null && one !== 'unknown').length
function withGapsFilled(draft: PatientDraft, other: PatientDraft): PatientDraft {
  const filled = Object.fromEntries(Object.entries(draft).map(([field, one]) => [field, one ?? other[field as keyof PatientDraft]])) as unknown as PatientDraft // The same fields.
  return { ...filled, sex: draft.sex === 'unknown' ? other.sex : draft.sex }
}

function newPatient(context: WriteContext, taking: Taking, draft: PatientDraft): Id | null {
  const { birthDate } = draft
  if (birthDate === null) return null
  const id = rowIdOf(taking, 'patient', draft.account ?? `${draft.familyName}\n${draft.givenName}\n${birthDate}\n${draft.address}\n${draft.phone}`)
  const outcome = importPatient(context, {
    id, familyName: draft.familyName, givenName: draft.givenName, middleName: draft.middleName, preferredName: null, suffix: draft.suffix, sex: draft.sex, birthDate, deceasedOn: null,
    phone: draft.phone, email: draft.email, addressLine1: draft.address, addressLine2: null, city: draft.city, state: draft.state, postalCode: draft.postalCode, country: null, language: null,
    identifiers: [], contacts: [],
  })
  if (outcome !== 'taken') return id
  note(context, taking, 'patients', id)
  if (draft.payer !== null) {
    const coverageId = rowIdOf(taking, 'coverage', id)
    importCoverage(context, { id: coverageId, patientId: id, payerName: draft.payer, planName: null, memberNumber: draft.memberNumber, groupNumber: null, relationship: 'self', subscriberName: null, rank: 1, validFrom: null, validTo: null, copayCents: null, verifiedOn: null, verifiedBy: null })
    note(context, taking, 'coverages', coverageId)
  }
  return id
}

export type StagedAppointment = AppointmentDraft & { readonly staffId: Id | null; readonly isVisit: boolean }
/** What has happened becomes a visit in words; what is to come, was cancelled or missed becomes an appointment. */
export function writeAppointment(context: WriteContext, taking: Taking, draft: StagedAppointment, patientId: Id | null): Outcome {
  if (patientId === null) return { state: 'left', madeId: null }
  const startsAt = instantInZone(draft.date, draft.minute, context.zone)
  const endsAt = addMinutes(startsAt, draft.minutes)
  const id = rowIdOf(taking, 'appointment', patientId, startsAt, draft.provider, draft.outcome, draft.reason)
  if (draft.isVisit) {
    const isNew = insertEncounter(context.db, { id, patientId, startedAt: startsAt, finishedAt: endsAt, reason: draft.reason, place: draft.provider === '' ? null : draft.provider })
    if (isNew) note(context, taking, 'encounters', id)
    return { state: isNew ? 'written' : 'here', madeId: id }
  }
  if (draft.staffId === null) return { state: 'left', madeId: null }
  if (repository.hasAppointment(context.db, id)) return { state: 'here', madeId: id }
  const cancelled = draft.outcome === 'cancelled' ? { cancelledAt: context.now, cancelReason: 'other' as const } : { cancelledAt: null, cancelReason: null }
  const isFree = importAppointment(context, {
    id, patientId, providerId: draft.staffId, roomId: null, typeId: null, startsAt, endsAt, status: draft.outcome, reason: draft.reason,
    bufferBeforeMin: 0, bufferAfterMin: 0, telehealthUrl: null, seriesId: null, seriesPlace: null, capacity: 1, missedReason: null, arrivedAt: null, roomedAt: null, startedAt: null, leftAt: null, fulfilledAt: draft.outcome === 'fulfilled' ? endsAt : null, ...cancelled,
  })
  if (!isFree) return { state: 'left', madeId: null, problem: 'SLOT_TAKEN' }
  note(context, taking, 'appointments', id)
  return { state: 'written', madeId: id }
}

/** `nth` tells lines apart that say the same: a visit that was charged twice on one day was charged twice. */
export function writeEntry(context: WriteContext, taking: Taking, draft: LedgerDraft, patientId: Id | null, nth: number): Outcome {
  if (patientId === null) return { state: 'left', madeId: null }
  const id = rowIdOf(taking, 'ledger', draft.account, draft.date, draft.kind, draft.amountCents, draft.memo, nth)
  const isNew = importEntry(context, { id, patientId, at: instantInZone(draft.date, 720, context.zone), kind: draft.kind, amountCents: draft.amountCents, memo: draft.memo })
  if (isNew) note(context, taking, 'ledger_entries', id)
  return { state: isNew ? 'written' : 'here', madeId: id }
}
