import { drawerCloses, missedFees } from '#drizzle/schema/billing.ts'
import { namesOf, ofFile, othersNames, restrictedNames, type Entry } from './entry.ts'
import { fileClasses } from './scene.file.ts'
import { newCharges } from './scene.ts'

const CLOSE_ID = '5f0a3c1e-8f57-4c2b-9a54-3d1f8e6b7a01'
/** Said here: two machines that carry out the same command do so at different times. */
const MADE_AT = '2026-11-17T15:00:00.000Z'
const MISSED_FEE_ID = '018f0000-0000-7000-8000-000000000003'
const missedFee: Entry['before'] = ({ world: { core, clinic }, files }, _caller, rowClass) => {
  const file = files[fileClasses.find((one) => one === rowClass) ?? 'own']
  core.vault.writer.insert(missedFees).values({ id: MISSED_FEE_ID, patientId: file.patientId, appointmentId: file.booked.id, kind: 'no-show', amountCents: 2_500, chargedAt: MADE_AT, chargedBy: clinic.people.receptionist.userId }).run()
}
const none = { input: () => ({}) }
const visitGone = { absent: 'VISIT_NOT_FOUND' }
/** To a patient, of their own bills: nobody else's. */
const ownOnly = { hidden: { own: othersNames } }
/** Asked about nobody who could answer alone, so the row is looked at only once a second person has said yes. */
const twoPeople = { denials: { restricted: 'NEEDS_SECOND_PERSON' } }
/** Of a list of that day. */
const day = (isRestricted: boolean): Entry['input'] => ({ any: ({ files }) => ({ date: files.team.date }), ...(isRestricted ? { restricted: ({ files }) => ({ date: files.restricted.date }) } : {}) })

export const billingInputs: Readonly<Record<string, Entry>> = {
  'billing.listFees': none,
  'billing.saveFee': { input: (scene) => ({ id: scene.newId(), code: 'X-900', label: 'A new fee', kind: 'visit', priceCents: 1_000, proposeWhen: null, isActive: true }) },
  'billing.addStarterFees': { ...none, answers: 'FEES_EXIST' },
  'billing.proposeCharges': { input: ofFile(({ open }) => ({ encounterId: open.encounterId })), ...visitGone },
  'billing.chargesOfEncounter': { input: ofFile(({ waiting }) => ({ encounterId: waiting.encounterId })), ...visitGone },
  'billing.signAndCharge': {
    input: {
      ...ofFile(({ signable }, scene) => ({ noteId: signable.noteId, revision: 1, charges: newCharges(scene) })),
      sensitive: (scene) => ({ noteId: scene.notes.sensitive.noteId, revision: 1, charges: newCharges(scene) }),
      psychotherapy: (scene) => ({ noteId: scene.notes.psychotherapy.noteId, revision: 1, charges: newCharges(scene) }),
    },
    absent: 'NOTE_NOT_FOUND',
  },
  'billing.addCharge': { input: ofFile(({ waiting }, scene) => ({ ...newCharges(scene)[0], encounterId: waiting.encounterId })), ...visitGone },
  'billing.removeCharge': { input: ofFile(({ waiting }) => ({ id: waiting.chargeId })) },
  'billing.visit': { input: ofFile(({ waiting }) => ({ encounterId: waiting.encounterId })), ...visitGone },
  'billing.createInvoice': { input: ofFile(({ waiting }, { newId }) => ({ id: newId(), encounterId: waiting.encounterId })), ...visitGone },
  'billing.voidInvoice': { input: ofFile(({ billed }) => ({ id: billed.invoiceId, reason: 'duplicate' })), ...twoPeople },
  'billing.discount': { input: ofFile(({ billed }, { newId }) => ({ id: newId(), invoiceId: billed.invoiceId, amountCents: 100, reason: 'Hardship' })) },
  'billing.takePayment': {
    input: ofFile(({ patientId }, { newId }) => ({ id: newId(), patientId, invoiceId: null, amountCents: 500, method: 'cash', reference: null })), absent: 'PATIENT_NOT_FOUND',
  },
  'billing.applyCredit': { input: ofFile(({ billed }) => ({ invoiceId: billed.invoiceId, amountCents: 100 })) },
  'billing.refund': { input: ofFile(({ billed }, { newId }) => ({ id: newId(), paymentId: billed.paymentId, amountCents: 100, method: 'cash', reason: 'Paid twice' })), ...twoPeople },
  'billing.invoice': { input: ofFile(({ billed }) => ({ id: billed.invoiceId })), ...ownOnly },
  'billing.receipt': { input: ofFile(({ billed }) => ({ paymentId: billed.paymentId })), ...ownOnly },
  'billing.familyAccount': { input: ofFile(({ patientId }) => ({ patientId })), ...ownOnly },
  'billing.takeFamilyPayment': { input: ofFile(({ patientId }, { newId }) => ({ id: newId(), patientId, amountCents: 100, method: 'cash', aheadForId: patientId })), absent: 'PATIENT_NOT_FOUND' },
  'billing.account': { input: ofFile(({ patientId }) => ({ patientId })), ...ownOnly },
  'billing.workList': { input: { any: () => ({}), restricted: () => ({}) }, hidden: { restricted: restrictedNames } },
  'billing.waitingCount': none,
  'billing.checkout': { input: day(true), hidden: { restricted: restrictedNames } },
  'billing.missedFees': { input: ofFile(({ patientId }) => ({ patientId })), ...ownOnly },
  'billing.waiveMissedFee': { before: missedFee, input: ofFile(() => ({ id: MISSED_FEE_ID, reason: 'Bus strike' })) },
  'billing.dayTotals': { input: { any: () => ({ date: '2026-11-17' }), restricted: () => ({ date: '2026-11-17' }) }, hidden: { restricted: ({ files }) => namesOf(files.restricted) } },
  'billing.recordPrint': { input: ofFile(({ billed }, { newId }) => ({ id: newId(), document: 'invoice', documentId: billed.invoiceId, medium: 'paper' })) },
  'billing.openDrawer': none,
  'billing.closeDrawer': { input: ({ newId }) => ({ id: newId(), number: 1, paymentIds: [], countedCents: 500, leftCents: 0, reason: 'Counted twice' }) },
  'billing.listDrawerCloses': none,
  'billing.drawerClose': {
    before: ({ world }) => world.core.vault.writer.insert(drawerCloses).values({
      id: CLOSE_ID, number: 1, closedAt: '2026-11-16T22:00:00.000Z', closedBy: world.clinic.people.receptionist.userId, floatCents: 0, cashInCents: 0, cashOutCents: 0, countedCents: 0, leftCents: 0,
    }).run(),
    input: () => ({ id: CLOSE_ID }),
  },
}
