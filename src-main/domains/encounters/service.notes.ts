import type { AddDiagnosisInput, SaveDraftInput } from '#shared/domains/encounters/contract.ts'
import type { DraftCopy } from '#shared/domains/encounters/model.chart.ts'
import type { Addendum, ClinicalNote, Diagnosis, NoteSections, SignInput } from '#shared/domains/encounters/model.ts'
import { canChangeDiagnoses, mayAmend, ranked, refuseDraft, sameConcept, signProblems, type DraftRefusal } from '#shared/domains/encounters/rules.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import { openChart, type OpenedChart } from '#main/core/access/opened.ts'
import type { WriteContext } from '#main/core/rpc/context.ts'
import { endVisit } from '#main/domains/scheduling/service.ts'
import { noteCodeUse } from '#main/domains/codes/service.ts'
import * as repository from './repository.ts'
import { addProblemFor } from './service.facts.ts'
import { keepKeys, requireOwnMachine, sealedSections, sealedWords, toStore, unsealed } from './service.sealed.ts'
import { markOf, requireEncounter } from './service.ts'

/**
 * Saves what stands in the editor. `revision` and `parent` say what the editor's text began from: when another window has
 * saved since, this refuses with STALE and the revision that stands, and the window keeps its own text (`keepCopy`).
 * One author has one draft in a visit, so that two windows that both begin meet here and not at the signature. What was
 * written on another machine without knowing of it is kept beside it (`keepBeside`).
 */
export function saveDraft(context: WriteContext, input: SaveDraftInput): ClinicalNote {
  const { db, actor, now } = context
  const { encounter, chart } = requireEncounter(context, input.encounterId)
  const { encounterId, id, cursor, sensitivity, subjective, objective, assessment, plan } = input
  const sections = { subjective, objective, assessment, plan }
  const textHash = repository.textHashOf(sections)
  context.audit({ patientId: encounter.patientId, entityId: id })
  const stands = repository.noteById(db, chart, id)
  if (stands) {
    const refusal = refuseDraft(stands, { ...input, authorId: actor.userId })
    if (context.isCarried && (refusal === 'STALE' || refusal === 'NOTE_IS_SIGNED') && stands.authorId === actor.userId) return keepBeside(context, chart, stands, input)
    throwIf(refusal, stands)
    if (stands.encounterId !== encounterId) throw refuse('NOTE_NOT_FOUND')
    const next: ClinicalNote = { ...stands, ...sections, textHash, cursor, sensitivity, revision: stands.revision + 1, savedAt: now }
    const { note, sealedText } = toStore(context, chart, next, sections)
    repository.updateDraft(db, note, sealedText)
    return next
  }
  if (repository.patientOfNote(db, id) !== undefined) throw refuse('NOTE_NOT_FOUND') // Somebody else's, of which this person knows nothing.
  const other = repository.draftOf(db, chart, encounterId)
  if (other && context.isCarried) return keepBeside(context, chart, other, input)
  if (other) throw refuse('STALE', { noteId: other.id, revision: other.revision })
  const begun: ClinicalNote = {
    id, encounterId, patientId: encounter.patientId, authorId: actor.userId, status: 'draft', ...sections, textHash, cursor,
    revision: 1, savedAt: now, signedAt: null, signedBy: null, sensitivity, isHidden: false,
  }
  const { note, sealedText, keys } = toStore(context, chart, begun, sections)
  repository.insertNote(db, note, sealedText)
  keepKeys(context, id, keys)
  return begun
}

/**
 * Words that were saved on a machine which did not know what stands here. They become a copy of the note, later saves of
 * the same text go on in it, and nothing is signed before the author has put the two together; beside a note that was
 * signed meanwhile they wait to become an addendum.
 */
function keepBeside(context: WriteContext, chart: OpenedChart, stands: ClinicalNote, input: SaveDraftInput): ClinicalNote {
  if (stands.sensitivity === 'psychotherapy' || input.sensitivity === 'psychotherapy') requireOwnMachine(context)
  const { subjective, objective, assessment, plan } = input
  const words = { subjective, objective, assessment, plan }
  if (repository.textHashOf(words) === stands.textHash) return stands
  const same = repository.openCopies(context.db, chart, stands.id).find((copy) => repository.textHashOf(copy) === input.parent)
  if (same) {
    repository.updateCopy(context.db, same.id, { ...words, savedAt: context.now })
    return stands
  }
  repository.insertCopy(context.db, { id: context.newId(), noteId: stands.id, savedAt: context.now, ...words, sealedText: null })
  context.notice({ code: stands.status === 'signed' ? 'NOTE_SIGNED_MEANWHILE' : 'NOTE_TWO_VERSIONS', data: { noteId: stands.id, encounterId: stands.encounterId } })
  return stands
}

export function keepCopy(context: WriteContext, input: NoteSections & { id: string; noteId: string }): DraftCopy {
  const { note, chart } = requireNote(context, input.noteId)
  const refusal = refuseDraft(note, { authorId: context.actor.userId, revision: note.revision, parent: null })
  if (refusal !== 'NOTE_IS_SIGNED' || !context.isCarried) throwIf(refusal, note)
  const copy: DraftCopy = { ...input, savedAt: context.now }
  repository.insertCopy(context.db, { ...copy, ...sealedSections(context, chart, note, input) })
  return copy
}

export function settleCopy(context: WriteContext, id: string): null {
  const chart = openChart(context, repository.patientOfCopy(context.db, id), { toWrite: true })
  const copy = repository.copyById(context.db, chart, id)
  if (!copy) throw refuse('NOT_THE_AUTHOR')
  context.audit({ entityId: copy.noteId })
  if (copy.settledAt === null) repository.settleCopy(context.db, id, context.now)
  return null
}

/** Makes the note immutable, closes the visit and its appointment. A doctor may sign what a nurse wrote; the author stays the author. */
export function signNote(context: WriteContext, input: SignInput): ClinicalNote {
  const { db, actor, now } = context
  const { note: stored, chart } = requireNote(context, input.noteId)
  if (stored.status === 'signed') throw refuse('NOTE_IS_SIGNED')
  if (stored.isHidden) throw refuse('NOT_THE_AUTHOR') // Nobody signs what they may not read.
  if (stored.sensitivity === 'psychotherapy') requireOwnMachine(context)
  const note = unsealed(context, chart, stored)
  const isSeen = input.textHash === null ? stored.revision === input.revision : note.textHash === input.textHash
  if (!isSeen) throw refuse('STALE', { noteId: stored.id, revision: stored.revision })
  const problems = signProblems(note, repository.diagnosesOf(db, chart, note.encounterId), repository.openCopies(db, chart, note.id))
  if (problems.length > 0) throw refuse('CANNOT_SIGN', { problems })
  repository.signNote(db, note.id, now, actor.userId)
  const { encounter } = requireEncounter(context, note.encounterId)
  if (encounter.status === 'in-progress') repository.finishEncounter(db, encounter.id, now)
  if (encounter.appointmentId) endVisit(context, encounter.appointmentId)
  context.audit({ patientId: note.patientId, entityId: note.id })
  return { ...note, status: 'signed', signedAt: now, signedBy: actor.userId }
}

/** What comes after the signature is written by those who answer for the note. */
export function addAddendum(context: WriteContext, input: { id: string; noteId: string; text: string }): Addendum {
  const { note, chart } = requireNote(context, input.noteId)
  if (note.status !== 'signed') throw refuse('NOTE_NOT_SIGNED')
  if (!mayAmend(note, context.actor.userId)) throw refuse('NOT_THE_AUTHOR')
  const addendum: Addendum = { ...input, authorId: context.actor.userId, addedAt: context.now }
  repository.insertAddendum(context.db, { ...addendum, ...sealedWords(context, chart, note, input.text) })
  return addendum
}

export function addDiagnosis(context: WriteContext, input: AddDiagnosisInput): Diagnosis {
  const { encounter, chart } = requireEncounter(context, input.encounterId)
  if (!canChangeDiagnoses(encounter)) throw refuse('VISIT_FINISHED')
  const others = repository.diagnosesOf(context.db, chart, encounter.id)
  const same = others.find((one) => sameConcept(one.concept, input.concept))
  if (same) throw refuse('ALREADY_LISTED', { id: same.id })
  const diagnosis: Diagnosis = { id: input.id, encounterId: encounter.id, patientId: encounter.patientId, concept: input.concept, rank: others.length + 1 }
  repository.insertDiagnosis(context.db, diagnosis, markOf(context))
  const { system, code } = input.concept
  if (system === 'icd10cm' && code !== null) noteCodeUse(context, system, code)
  if (input.alsoProblem) addProblemFor(context, chart, input.concept)
  return diagnosis
}

export function removeDiagnosis(context: WriteContext, id: string): Diagnosis {
  const { diagnosis, chart } = requireDiagnosis(context, id)
  repository.markDiagnosis(context.db, id, markOf(context))
  renumber(context, repository.diagnosesOf(context.db, chart, diagnosis.encounterId))
  return diagnosis
}

export function rankDiagnosis(context: WriteContext, input: { id: string; rank: number }): Diagnosis[] {
  const { diagnosis, chart } = requireDiagnosis(context, input.id)
  return renumber(context, ranked(repository.diagnosesOf(context.db, chart, diagnosis.encounterId), input))
}

function renumber(context: WriteContext, inOrder: readonly Diagnosis[]): Diagnosis[] {
  return inOrder.map((diagnosis, i) => {
    repository.setRank(context.db, diagnosis.id, i + 1)
    return { ...diagnosis, rank: i + 1 }
  })
}

function requireDiagnosis(context: WriteContext, id: string): { diagnosis: Diagnosis; chart: OpenedChart } {
  const chart = openChart(context, repository.patientOfDiagnosis(context.db, id), { toWrite: true })
  const found = repository.diagnosisById(context.db, chart, id)
  if (!found) throw refuse(CommonError.NOT_FOUND)
  const { encounter } = requireEncounter(context, found.diagnosis.encounterId)
  context.audit({ patientId: encounter.patientId, entityId: id })
  if (!canChangeDiagnoses(encounter)) throw refuse('VISIT_FINISHED')
  if (found.enteredInErrorAt !== null) throw refuse('ALREADY_IN_ERROR')
  return { diagnosis: found.diagnosis, chart }
}

function requireNote(context: WriteContext, id: string): { note: ClinicalNote; chart: OpenedChart } {
  context.audit({ entityId: id })
  const chart = openChart(context, repository.patientOfNote(context.db, id), { absent: 'NOTE_NOT_FOUND', toWrite: true })
  const note = repository.noteById(context.db, chart, id)
  if (!note) throw refuse('NOTE_NOT_FOUND')
  return { note, chart }
}

function throwIf(refusal: DraftRefusal | undefined, note: ClinicalNote): void {
  if (refusal === 'STALE') throw refuse('STALE', { noteId: note.id, revision: note.revision })
  if (refusal) throw refuse(refusal)
}
