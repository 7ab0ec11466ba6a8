import type { Role } from '#shared/access/roles.ts'
import type { World } from './world.ts'

export interface SeenVisit { patientId: string; appointmentId: string; encounterId: string; noteId: string }

interface Wanted { startsAt?: string; patientId?: string; providerAt?: 0 | 1; sign?: boolean; diagnosis?: boolean; charges?: readonly string[] }

/** A visit through the real procedures: booked, arrived, opened, diagnosed, noted and (unless told not to) signed with its charges. */
export async function seePatient(world: World, { startsAt = '2026-11-17T14:00:00.000Z', sign = true, diagnosis = true, charges = ['V-204', 'L-031'], ...more }: Wanted = {}): Promise<SeenVisit> {
  const [desk, doctor] = [world.as('receptionist'), world.as('doctor')]
  const patientId = more.patientId ?? world.clinic.addPatient(world.core)
  const appointmentId = world.core.platform.newId()
  const booked = await desk.scheduling.book({
    id: appointmentId, patientId, providerId: world.clinic.providers[more.providerAt ?? 0], roomId: null, typeId: null, startsAt, durationMin: 15, reason: null,
  })
  await desk.scheduling.arrive({ id: appointmentId, version: booked.version })
  const encounter = await doctor.encounters.open({ appointmentId })
  if (diagnosis) {
    const concept = { system: 'icd10cm', code: 'M10.061', label: 'Idiopathic gout, right knee' } as const
    await doctor.encounters.addDiagnosis({ id: world.core.platform.newId(), encounterId: encounter.id, concept })
  }
  const noteId = world.core.platform.newId()
  await doctor.encounters.saveDraft({ id: noteId, encounterId: encounter.id, revision: 0, subjective: 'Knee hurts', objective: '', assessment: '', plan: '' })
  if (sign) await doctor.billing.signAndCharge({ noteId, revision: 1, charges: await chargesFor(world, charges) })
  return { patientId, appointmentId, encounterId: encounter.id, noteId }
}

/** New charges for fee codes of the clinic; the starter list is put in when there is none. */
export async function chargesFor(world: World, codes: readonly string[], role: Role = 'doctor') {
  const listed = await world.as(role).billing.listFees({})
  const fees = listed.length > 0 ? listed : await world.as('billing').billing.addStarterFees({})
  return codes.map((code) => {
    const fee = fees.find((one) => one.code === code)
    if (!fee) throw new Error(`the starter list has no ${code}`)
    return { id: world.core.platform.newId(), feeItemId: fee.id, quantity: 1 }
  })
}

export const bill = (world: World, visit: Pick<SeenVisit, 'encounterId'>) =>
  world.as('billing').billing.createInvoice({ id: world.core.platform.newId(), encounterId: visit.encounterId })

export const pay = (world: World, patientId: string, invoiceId: string | null, amountCents: number, id = world.core.platform.newId()) =>
  world.as('receptionist').billing.takePayment({ id, patientId, invoiceId, amountCents, method: 'card', reference: '774 019' })
