import type { RecordDeathInput, ReverseDeathInput } from '#shared/domains/scheduling/contract.death.ts'
import type { DeathOutlook, DeathReversal } from '#shared/domains/scheduling/model.death.ts'
import { CancelReason } from '#shared/domains/scheduling/model.ts'
import { Refusal, refuse } from '#shared/rpc/errors.ts'
import { openFile, type OpenedFile } from '#main/core/access/opened.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { standingOf } from '#main/domains/patients/service.family.ts'
import { updatePatient } from '#main/domains/patients/service.ts'
import * as repository from './repository.death.ts'
import { appointmentById, dayAppointmentById } from './repository.ts'
import { cancel, undo } from './service.ts'
import { withdraw } from './service.wait-list.ts'

// A death ends what stands ahead, in the act that records it; the record stays. A mistake is taken back whole, as far as
// the times are still free.

type Context = ReadContext | WriteContext

export const deathOutlook = (context: ReadContext, patientId: string): DeathOutlook => outlookOf(context, openFile(context, patientId))

function outlookOf(context: Context, file: OpenedFile): DeathOutlook {
  const { db, scope, now } = context
  const death = repository.standingDeath(db, file)
  return {
    appointments: repository.aheadOf(db, file, now).flatMap(({ id }) => dayAppointmentById(db, scope, id) ?? []),
    waitListEntries: repository.waitingOf(db, file).length,
    death: death ? { id: death.id, deceasedOn: death.deceasedOn, recordedAt: death.recordedAt, calledOff: death.calledOff.appointments.length } : null,
  }
}

export function recordDeath(context: WriteContext, { id, patientId, deceasedOn }: RecordDeathInput): DeathOutlook {
  const { db, now, actor } = context
  const file = openFile(context, patientId, { toWrite: true })
  if (repository.standingDeath(db, file)?.id === id) return outlookOf(context, file)
  if (standingOf(context, file).deceasedOn !== null) throw refuse('ALREADY_DECEASED')
  updatePatient(context, { id: file.patientId, was: { deceasedOn: null }, changes: { deceasedOn }, duplicateReason: null })
  const appointments = repository.aheadOf(db, file, now).map((one) => cancel(context, { ...one, reason: CancelReason.other })).map(({ id: of, version }) => ({ id: of, version }))
  const waitList = repository.waitingOf(db, file).map((one) => withdraw(context, one)).map(({ id: of, version }) => ({ id: of, version }))
  repository.insertDeath(db, { id, patientId: file.patientId, deceasedOn, calledOff: { appointments, waitList } }, { at: now, by: actor.userId })
  context.audit({ patientId: file.patientId, entityId: id, itemIds: appointments.map((one) => one.id) })
  return outlookOf(context, file)
}

export function reverseDeath(context: WriteContext, { patientId, reason }: ReverseDeathInput): DeathReversal {
  const { db, now, actor } = context
  const file = openFile(context, patientId, { toWrite: true })
  const { deceasedOn } = standingOf(context, file)
  if (deceasedOn === null) throw refuse('NOT_DECEASED')
  const death = repository.standingDeath(db, file)
  updatePatient(context, { id: file.patientId, was: { deceasedOn }, changes: { deceasedOn: null }, duplicateReason: null })
  // A date that came by an import or an older release has called nothing off.
  const { appointments, waitList } = death?.calledOff ?? { appointments: [], waitList: [] }
  const lostIds = appointments.filter((one) => !standsAgain(context, one)).map((one) => one.id)
  for (const one of waitList) repository.waitAgain(db, one)
  if (death) repository.endDeath(db, death.id, reason, { at: now, by: actor.userId })
  context.audit({ patientId: file.patientId, entityId: death?.id ?? file.patientId, itemIds: lostIds })
  return { restored: appointments.length - lostIds.length, lostIds }
}

/** Back where it was, unless the time is over, somebody else has it by now, or somebody has touched it since. */
function standsAgain(context: WriteContext, one: repository.Standing): boolean {
  const appointment = appointmentById(context.db, context.scope, one.id)
  if (!appointment || appointment.version !== one.version || appointment.endsAt <= context.now) return false
  try {
    undo(context, one)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
