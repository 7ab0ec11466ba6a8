import type { patients } from '#shared/domains/patients/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import * as documents from './service.documents.ts'
import * as duplicates from './service.duplicates.ts'
import * as family from './service.family.ts'
import * as papers from './service.documents.out.ts'
import * as file from './service.file.ts'
import * as forms from './service.forms.ts'
import * as merging from './service.merge.ts'
import * as pairs from './service.pairs.ts'
import * as finding from './service.finding.ts'
import * as service from './service.ts'

export const patientsProcedures: Handlers<typeof patients> = {
  search: (context, input) => finding.search(context, input),
  closest: (context, input) => finding.closest(context, input.text),
  list: (context, input) => finding.list(context, input),
  glance: (context, input) => finding.glance(context, input.ids),
  findDuplicates: (context, input) => duplicates.findDuplicates(context, input),
  get: (context, input) => service.getPatient(context, input.id),
  history: (context, input) => service.history(context, input.id),
  register: (context, input) => service.registerPatient(context, input),
  update: (context, input) => service.updatePatient(context, input),
  photo: (context, input) => file.getPhoto(context, input.patientId),
  addContact: (context, input) => file.addContact(context, input),
  updateContact: (context, input) => file.updateContact(context, input),
  removeContact: (context, input) => file.removeContact(context, input.id),
  addCoverage: (context, input) => file.addCoverage(context, input),
  updateCoverage: (context, input) => file.updateCoverage(context, input),
  verifyCoverage: (context, input) => file.verifyCoverage(context, input.id),
  endCoverage: (context, input) => file.endCoverage(context, input.id),
  setPhoto: (context, input) => file.setPhoto(context, input),
  removePhoto: (context, input) => file.removePhoto(context, input.patientId),
  identityCheck: (context, input) => file.identityCheck(context, input.patientId),
  confirmIdentity: (context, input) => file.confirmIdentity(context, input),
  unfinishedForms: (context) => forms.unfinishedForms(context),
  keepForm: async (context, input) => forms.keepForm(context, input),
  dropForm: async (context, input) => forms.dropForm(context, input.id),
  documents: (context, input) => documents.documentsOf(context, input.patientId),
  documentPart: (context, input) => documents.documentPart(context, input),
  addDocument: (context, input) => documents.addDocument(context, input),
  addDocumentPart: (context, input) => documents.addDocumentPart(context, input),
  recordDocumentPrint: (context, input) => papers.recordDocumentPrint(context, input),
  saveDocument: async (context, input) => papers.saveDocument(context, input),
  renameDocument: (context, input) => documents.renameDocument(context, input),
  markDocumentInError: (context, input) => documents.markDocumentInError(context, input),
  duplicates: (context, input) => pairs.duplicates(context, input),
  countDuplicates: (context) => pairs.countDuplicates(context),
  keepApart: (context, input) => pairs.keepApart(context, input),
  compareCharts: (context, input) => merging.compareCharts(context, input),
  merges: (context, input) => merging.mergesOf(context, input.patientId),
  setMergeBlock: (context, input) => merging.setMergeBlock(context, input),
  family: (context, input) => family.family(context, input.patientId),
  contactFacts: (context, input) => family.contactFacts(context, input.ids),
  linkRelative: (context, input) => family.linkRelative(context, input),
  unlinkRelative: (context, input) => family.unlinkRelative(context, input),
  setGuarantor: (context, input) => family.setGuarantor(context, input),
  merge: (context, input) => merging.mergeCharts(context, input),
  unmerge: (context, input) => merging.unmergeCharts(context, input),
}
