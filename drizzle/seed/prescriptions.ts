import { medicationRequests, prescriptionFavourites, prescriptionPrints } from '#drizzle/schema/medications.ts'
import type { PrescriptionOrder } from '#shared/domains/medications/model.ts'
import { formulary, newOrder } from '#shared/domains/medications/rules.formulary.ts'
import { scheduleOf } from '#shared/domains/medications/rules.knowledge.ts'
import { isChronic } from '#shared/domains/medications/rules.order.ts'
import { directionsText, drugText, sentenceOf } from '#shared/domains/medications/rules.sentence.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { toInstant } from '#shared/kernel/time.ts'
import { makeChance } from './random.ts'
import type { Emit } from './rows.ts'
import type { DemoStaff } from './staff.ts'

const products = new Map(formulary.map(({ drug, usual }) => [drugText(drug), newOrder(drug, usual)]))

/** How the demo clinic prescribes the drug of that line; a while of something chronic comes with refills. */
function usualOrder(label: string): PrescriptionOrder | undefined {
  const order = products.get(label)
  return order && { ...order, refills: isChronic(order) && scheduleOf(order.drug.generic) === null ? 3 : 0 }
}

/** What the list of medications says of it: the same words as the prescription's, without the days of what goes on. */
export function sigOf(label: string, otherwise: string): string {
  const order = usualOrder(label)
  return order ? directionsText({ ...order, days: isChronic(order) ? null : order.days }) : otherwise
}

interface Signed { statementId: Id; label: string; patientId: Id; encounterId: Id | null; by: Id; atMs: number; indication: { code: string; label: string } }

/** The prescription behind an entry of the list. Its id follows from the entry's, so that it draws nothing from the clinic's own chance. */
export function emitPrescription(emit: Emit, { statementId, label, patientId, encounterId, by, atMs, indication }: Signed): void {
  const order = usualOrder(label)
  if (!order || by === '') return
  const id = idAfter(statementId, atMs)
  emit(medicationRequests, {
    id, patientId, encounterId, statementId, ...columnsOf(order), indicationCode: indication.code, indicationLabel: indication.label,
    sentence: sentenceOf(order), renewsId: null, signedAt: toInstant(atMs), signedBy: by,
  })
  emit(prescriptionPrints, { id: idAfter(id, atMs + 60_000), requestId: id, medium: 'paper', printedAt: toInstant(atMs + 60_000), printedBy: by })
}

const favourites = ['amoxicillin 500 mg cap', 'doxycycline 100 mg cap', 'azithromycin 250 mg tab', 'naproxen 500 mg tab', 'lisinopril 20 mg tab', 'predniSONE 20 mg tab']

/** What each provider prescribes often. */
export function emitFavourites(emit: Emit, staff: DemoStaff, atMs: number): void {
  for (const { userId } of staff.providers) {
    for (const [i, label] of favourites.entries()) {
      const order = products.get(label)
      assert(order, `the formulary has ${label}`)
      const at = atMs + i * 1_000
      emit(prescriptionFavourites, { id: idAfter(userId, at, i), userId, ...columnsOf(order), indicationCode: null, indicationLabel: null, addedAt: toInstant(at), removedAt: null })
    }
  }
}

const idAfter = (id: Id, atMs: number, part = 0): Id => makeChance(Number.parseInt(id.slice(-8), 16) + part).id(atMs)

function columnsOf({ drug, indication: _indication, ...order }: PrescriptionOrder) {
  const { system, code, ...product } = drug
  return { ...order, ...product, drugSystem: system, drugCode: code }
}
