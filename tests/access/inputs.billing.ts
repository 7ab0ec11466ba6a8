import type { Entry } from './catalogue.ts'
import { newCharges } from './scene.ts'

const none = { input: () => ({}) }
const today = { date: '2026-11-17' }

export const billingInputs: Readonly<Record<string, Entry>> = {
  'billing.listFees': none,
  'billing.saveFee': { input: (scene) => ({ id: scene.newId(), code: 'X-900', label: 'A new fee', kind: 'visit', priceCents: 1_000, proposeWhen: null, isActive: true }) },
  'billing.addStarterFees': { ...none, answers: 'FEES_EXIST' },
  'billing.proposeCharges': { input: (scene) => ({ encounterId: scene.open.encounterId }) },
  'billing.chargesOfEncounter': { input: (scene) => ({ encounterId: scene.waiting.encounterId }) },
  'billing.signAndCharge': { input: (scene) => ({ noteId: scene.signable.noteId, revision: 1, charges: newCharges(scene) }) },
  'billing.addCharge': { input: (scene) => ({ ...newCharges(scene)[0], encounterId: scene.waiting.encounterId }) },
  'billing.removeCharge': { input: (scene) => ({ id: scene.waiting.chargeId }) },
  'billing.visit': { input: (scene) => ({ encounterId: scene.waiting.encounterId }) },
  'billing.createInvoice': { input: (scene) => ({ id: scene.newId(), encounterId: scene.waiting.encounterId }) },
  'billing.voidInvoice': { input: (scene) => ({ id: scene.billed.invoiceId, reason: 'duplicate' }) },
  'billing.discount': { input: (scene) => ({ id: scene.newId(), invoiceId: scene.billed.invoiceId, amountCents: 100, reason: 'Hardship' }) },
  'billing.takePayment': { input: (scene) => ({ id: scene.newId(), patientId: scene.patientId, invoiceId: null, amountCents: 500, method: 'cash', reference: null }) },
  'billing.applyCredit': { input: (scene) => ({ invoiceId: scene.billed.invoiceId, amountCents: 100 }) },
  'billing.refund': { input: (scene) => ({ id: scene.newId(), paymentId: scene.billed.paymentId, amountCents: 100, method: 'cash', reason: 'Paid twice' }) },
  'billing.invoice': { input: (scene) => ({ id: scene.billed.invoiceId }) },
  'billing.receipt': { input: (scene) => ({ paymentId: scene.billed.paymentId }) },
  'billing.account': { input: (scene) => ({ patientId: scene.patientId }) },
  'billing.workList': none,
  'billing.waitingCount': none,
  'billing.checkout': { input: () => today },
  'billing.dayTotals': { input: () => today },
  'billing.recordPrint': { input: (scene) => ({ id: scene.newId(), document: 'invoice', documentId: scene.billed.invoiceId, medium: 'paper' }) },
}
