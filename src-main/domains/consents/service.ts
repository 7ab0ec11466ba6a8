import type { RefuseConsentInput, SignConsentInput, WithdrawConsentInput } from '#shared/domains/consents/contract.ts'
import type { ConsentDocument, ConsentForm, PatientConsent, Signer } from '#shared/domains/consents/model.ts'
import { isTypedName, signatureText } from '#shared/domains/consents/rules.ts'
import { isSignature } from '#shared/domains/consents/rules.signature.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { openFile, type OpenedFile } from '#main/core/access/opened.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { isConsentPaper } from '#main/domains/patients/service.documents.ts'
import { patientName } from '#main/domains/patients/service.ts'
import { patientOfAppointment } from '#main/domains/scheduling/service.ts'
import * as repository from './repository.ts'
import { hashOf } from './service.hash.ts'

export const listForPatient = (context: ReadContext, patientId: Id): PatientConsent[] => repository.consentsOf(context.db, openFile(context, patientId))

/** With the text as it was and whether it still is what was signed. */
export function getConsent(context: ReadContext, id: Id): ConsentDocument {
  const { consent, stored } = find(context, openFile(context, repository.patientOfConsent(context.db, id)), id)
  const form = formOf(context, stored.formVersionId)
  return { consent, text: form.text, signature: stored.signature, isIntact: hashOf(stored, form) === stored.hash }
}

/** Signed on the screen or on paper, by the patient or for them; the person at the desk is the witness. */
export function sign(context: WriteContext, input: SignConsentInput): PatientConsent {
  const { file, form, known } = begin(context, input)
  if (known) return known
  const signerName = nameOf(context, file, input.signer)
  const { signature } = input
  if (signature.how === 'drawn' && !isSignature(signature.strokes)) throw refuse('SIGNATURE_TOO_SMALL')
  if (signature.how === 'typed' && !isTypedName(signature.name, signerName)) throw refuse('SIGNATURE_NOT_THE_NAME')
  const documentId = signature.how === 'paper' ? signature.documentId : null
  if (documentId !== null && !isConsentPaper(context, file, documentId)) throw refuse('DOCUMENT_NOT_FOUND')
  return write(context, file, form, { ...blank, id: input.id, appointmentId: input.appointmentId, decision: 'signed', how: signature.how, signature: signatureText(signature), documentId, signerName, relation: relationOf(input.signer) })
}

/** That it was offered and not signed is on record as well, with the reason. */
export function refuseConsent(context: WriteContext, input: RefuseConsentInput): PatientConsent {
  const { file, form, known } = begin(context, input)
  if (known) return known
  return write(context, file, form, { ...blank, id: input.id, appointmentId: input.appointmentId, decision: 'refused', reason: input.reason, signerName: nameOf(context, file, input.signer), relation: relationOf(input.signer) })
}

/** A row of its own: what was signed stays as it was, and holds no more. Somebody else may have taken it back as well. */
export function withdraw(context: WriteContext, { id, consentId, reason }: WithdrawConsentInput): PatientConsent {
  const file = openFile(context, repository.patientOfConsent(context.db, consentId), { toWrite: true })
  context.audit({ entityId: id })
  const known = repeated(context, file, id)
  if (known) return known
  const { consent, stored } = find(context, file, consentId)
  if (consent.decision !== 'signed' || (!context.isCarried && repository.isWithdrawn(context.db, file, consentId))) throw refuse('NOT_SIGNED')
  return write(context, file, formOf(context, stored.formVersionId), { ...blank, id, decision: 'withdrawn', reason, withdrawsId: consentId, signerName: consent.signerName, relation: consent.relation })
}

const blank = { how: null, signature: null, documentId: null, reason: null, appointmentId: null, withdrawsId: null, relation: null }

interface About { id: Id; patientId: Id; formVersionId: Id; appointmentId: Id | null }

/** What was signed elsewhere under an older text was signed: only somebody who waits at the form is shown the newer one first. */
function begin(context: WriteContext, { id, patientId, formVersionId, appointmentId }: About): { file: OpenedFile; form: ConsentForm; known: PatientConsent | undefined } {
  context.audit({ entityId: id })
  const file = openFile(context, patientId, { absent: 'PATIENT_NOT_FOUND', toWrite: true })
  const form = formOf(context, formVersionId)
  const known = repeated(context, file, id)
  if (known) return { file, form, known }
  const newest = repository.newestForm(context.db, form.formId)
  if (newest && newest.id !== form.id && !context.isCarried) throw refuse('FORM_CHANGED', { version: newest.version })
  if (appointmentId !== null && patientOfAppointment(context, appointmentId) !== file.patientId) throw refuse(CommonError.NOT_FOUND)
  return { file, form, known: undefined }
}

/** The same decision sent twice is one: the id is the form's on the screen. */
function repeated(context: WriteContext, file: OpenedFile, id: Id): PatientConsent | undefined {
  const holder = repository.patientOfConsent(context.db, id)
  if (holder !== undefined && holder !== file.patientId) throw refuse(CommonError.ID_USED)
  return repository.consentById(context.db, file, id)?.consent
}

type Decided = Omit<repository.StoredConsent, 'patientId' | 'formVersionId' | 'decidedAt' | 'witnessedBy' | 'hash'>
function write(context: WriteContext, file: OpenedFile, form: ConsentForm, decided: Decided): PatientConsent {
  const row = { ...decided, patientId: file.patientId, formVersionId: form.id, decidedAt: context.now, witnessedBy: context.actor.userId }
  repository.insertConsent(context.db, { ...row, hash: hashOf(row, form) })
  return find(context, file, decided.id).consent
}

function formOf({ db }: ReadContext | WriteContext, id: Id): ConsentForm {
  const form = repository.formById(db, id)
  if (!form) throw refuse('FORM_NOT_FOUND')
  return form
}

function find(context: ReadContext | WriteContext, file: OpenedFile, id: Id): { consent: PatientConsent; stored: repository.StoredConsent } {
  const found = repository.consentById(context.db, file, id)
  if (!found) throw refuse(CommonError.NOT_FOUND)
  context.audit({ entityId: id })
  return found
}

function nameOf(context: WriteContext, file: OpenedFile, signer: Signer): string {
  if (signer.by === 'representative') return signer.name
  const name = patientName(context, file)
  assert(name !== '', 'a patient has a name')
  return name
}
const relationOf = (signer: Signer): string | null => (signer.by === 'representative' ? signer.relation : null)
