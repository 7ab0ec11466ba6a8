import { createHash } from 'node:crypto'
import type { Role } from '#shared/access/roles.ts'
import { ofFile, othersNames, restrictedNames, type Builder, type Entry } from './entry.ts'
import type { Caller, RowClass } from './matrix.ts'
import { coverageOf } from './scene.file.ts'
import { PAPER, PHOTO } from './scene.file.ts'
import type { Scene } from './scene.ts'

const none = { input: () => ({}) }
const contact = { name: 'Ana Lopez', relationship: 'sibling', phone: null, isEmergency: false, isGuardian: false }

const ownForm = (scene: Scene, caller: Caller): string => scene.forms[caller as Role] ?? scene.newId()
const othersForms = (scene: Scene, caller: Caller): string[] => Object.entries(scene.forms).flatMap(([role, id]) => (role === caller ? [] : [id, `Typed by the ${role}`]))

/** A list: of nobody but themselves to a patient, and nobody restricted to anybody. */
const list = (any: Builder, restricted: Builder): Entry => ({ input: { any, restricted }, hidden: { any: othersNames, restricted: restrictedNames } })
const ofPatient = ofFile(({ patientId }) => ({ patientId }))
const byId = { input: ofFile(({ patientId }) => ({ id: patientId })), hidden: { own: othersNames } }
const MERGE_ID = '0d9a8f57-6b3e-4c55-9f1e-2a64b1c0d301'
/** The chart without anything is in the other one. */
function absorbBlank({ world, files }: Scene, _caller: Caller, rowClass: RowClass): void {
  // Where no class is asked about, somebody on the team.
  const { patientId, blankPatientId } = rowClass in files ? files[rowClass as keyof Scene['files']] : files.team // As just looked up.
  const { $client } = world.core.vault.writer
  $client.prepare('insert into patient_merges (id, survivor_id, absorbed_id, merged_at, merged_by, fields, place) values (?, ?, ?, ?, ?, ?, 1)')
    .run(MERGE_ID, patientId, blankPatientId, world.clock.now(), world.clinic.people.doctor.userId, '[]')
  $client.prepare('update patients set merged_into_id = ? where id = ?').run(patientId, blankPatientId)
}
const LINK_ID = '0d9a8f57-6b3e-4c55-9f1e-2a64b1c0d302'
/** The two charts are relatives. */
function linkBlank({ world, files }: Scene, _caller: Caller, rowClass: RowClass): void {
  const { patientId, blankPatientId } = rowClass in files ? files[rowClass as keyof Scene['files']] : files.team // As above.
  world.core.vault.writer.$client.prepare(`insert into patient_relations (id, patient_id, relative_id, kind, created_at, created_by) values (?, ?, ?, 'sibling', ?, ?)`)
    .run(LINK_ID, patientId, blankPatientId, world.clock.now(), world.clinic.people.doctor.userId)
}
const PAPER_HASH = createHash('sha256').update(PAPER).digest('hex')
const idOf = (of: 'team' | 'other' | 'restricted') => ({ files }: Scene): string[] => [files[of].patientId]
const payer = (of: 'team' | 'other' | 'restricted' | 'own') => ({ files }: Scene): string[] => [files[of].payer]

export const patientsInputs: Readonly<Record<string, Entry>> = {
  'patients.search': list(() => ({ text: 'lop' }), () => ({ text: 'quist' })),
  'patients.closest': list(() => ({ text: 'lopes' }), () => ({ text: 'quist' })),
  'patients.list': list(() => ({}), () => ({})),
  'patients.get': byId,
  'patients.glance': { input: ofFile(({ patientId }) => ({ ids: [patientId] })), hidden: { own: (scene, caller) => [...othersNames(scene, caller), ...(caller === 'patient' ? [] : payer('own')(scene))], team: payer('team'), other: payer('other'), restricted: payer('restricted') } },
  'patients.findDuplicates': {
    input: { any: () => ({ familyName: 'Lopez', givenName: 'Maria', birthDate: '1958-03-12', sex: 'female', phone: null }), restricted: () => ({ familyName: 'Quist', givenName: 'Edda', birthDate: '1958-03-12', sex: 'female', phone: null }) },
    hidden: { restricted: restrictedNames },
  },
  'patients.history': byId,
  'patients.photo': { input: ofPatient, hidden: { own: othersNames } },
  'patients.register': { input: (scene) => ({ id: scene.newId(), familyName: 'Zweig', givenName: 'Ebbe', birthDate: '1990-01-05', sex: 'male' }) },
  'patients.update': { input: ofFile(({ patientId }) => ({ id: patientId, was: { city: null }, changes: { city: 'Boston' } })) },
  'patients.addContact': { input: ofFile(({ patientId }, { newId }) => ({ id: newId(), patientId, ...contact })) },
  'patients.updateContact': { input: ofFile(({ contactId }) => ({ id: contactId, ...contact })) },
  'patients.removeContact': { input: ofFile(({ contactId }) => ({ id: contactId })) },
  'patients.addCoverage': { input: ofFile(({ patientId }, { newId }) => ({ id: newId(), patientId, ...coverageOf('Second Plan') })) },
  'patients.updateCoverage': { input: ofFile(({ coverageId, payer: name }) => ({ id: coverageId, ...coverageOf(name), memberNumber: 'NW 2' })) },
  'patients.verifyCoverage': { input: ofFile(({ coverageId }) => ({ id: coverageId })) },
  'patients.endCoverage': { input: ofFile(({ coverageId }) => ({ id: coverageId })) },
  'patients.setPhoto': { input: ofFile(({ patientId }) => ({ patientId, data: PHOTO })) },
  'patients.removePhoto': { input: ofFile(({ patientId }) => ({ patientId })) },
  'patients.identityCheck': { input: ofPatient },
  'patients.confirmIdentity': { input: ofFile(({ patientId }, { newId }) => ({ id: newId(), patientId })) },
  'patients.duplicates': none,
  'patients.countDuplicates': none,
  'patients.compareCharts': { input: ofFile(({ patientId, blankPatientId }) => ({ aId: patientId, bId: blankPatientId })) },
  'patients.merges': { input: ofPatient },
  'patients.keepApart': { input: ofFile(({ patientId, blankPatientId }) => ({ aId: patientId, bId: blankPatientId, reason: 'other-person' })) },
  'patients.setMergeBlock': { input: ofFile(({ patientId }) => ({ patientId, isBlocked: true })) },
  'patients.merge': { input: ofFile(({ patientId, blankPatientId }, { newId }) => ({ id: newId(), survivorId: patientId, absorbedId: blankPatientId })), answers: { restricted: 'MERGE_NOT_POSSIBLE' } },
  'patients.unmerge': { input: ofFile(() => ({ id: MERGE_ID })), before: absorbBlank },
  'patients.family': { input: ofPatient, hidden: { own: othersNames } },
  'patients.contactFacts': { input: ofFile(({ patientId }) => ({ ids: [patientId] })), hidden: { own: othersNames, team: idOf('team'), other: idOf('other'), restricted: idOf('restricted') } },
  'patients.linkRelative': { input: ofFile(({ patientId, blankPatientId }, { newId }) => ({ id: newId(), patientId, relativeId: blankPatientId, kind: 'sibling' })) },
  'patients.unlinkRelative': { input: ofFile(({ patientId }) => ({ id: LINK_ID, patientId })), before: linkBlank },
  'patients.setGuarantor': { input: ofFile(({ patientId, blankPatientId }, { newId }) => ({ id: newId(), patientId, guarantorPatientId: blankPatientId })) },
  'patients.documents': { input: ofPatient },
  'patients.documentPart': { input: ofFile(({ documentId }) => ({ id: documentId, part: 0 })) },
  'patients.addDocument': { input: ofFile(({ patientId }, { newId }) => ({ id: newId(), patientId, kind: 'identity', title: 'Passport', byteSize: PAPER.length, sha256: PAPER_HASH, data: PAPER.toString('base64') })) },
  'patients.addDocumentPart': { input: ofFile(({ documentId }) => ({ id: documentId, part: 1, data: PAPER.toString('base64') })) },
  'patients.recordDocumentPrint': { input: ofFile(({ documentId }, { newId }) => ({ id: newId(), documentId })) },
  'patients.saveDocument': { input: ofFile(({ documentId }, { newId }) => ({ id: newId(), documentId, folder: '/nowhere/at/all' })), answers: 'DOCUMENT_DAMAGED' },
  'patients.renameDocument': { input: ofFile(({ documentId }) => ({ id: documentId, title: 'Passport' })) },
  'patients.markDocumentInError': { input: ofFile(({ documentId }) => ({ id: documentId, reason: 'Somebody else' })) },
  'patients.unfinishedForms': { ...none, hidden: { any: othersForms } },
  'patients.keepForm': { input: (scene, caller) => ({ id: ownForm(scene, caller), fields: { familyName: 'Doe' } }) },
  'patients.dropForm': { input: (scene, caller) => ({ id: ownForm(scene, caller) }) },
}
