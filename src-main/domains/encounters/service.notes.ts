import type { AddDiagnosisInput, SaveDraftInput } from '#shared/domains/encounters/contract.ts'
import type { DraftCopy } from '#shared/domains/encounters/model.chart.ts'
import type { Addendum, ClinicalNote, Diagnosis, NoteSections } from '#shared/domains/encounters/model.ts'
import { canChangeDiagnoses, ranked, refuseDraft, sameConcept, signProblems } from '#shared/domains/encounters/rules.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { WriteContext } from '#main/core/rpc/context.ts'
import { endVisit } from '#main/domains/scheduling/service.ts'
import { noteCodeUse } from '#main/domains/codes/service.ts'
import * as repository from './repository.ts'
import { addProblemFor } from './service.facts.ts'
import { markOf, requireEncounter } from './service.ts'

/**
 * Saves what stands in the editor. `revision` is the one that the editor's text began from: when another window has
 * saved since, this refuses with STALE and the revision that stands, and the window keeps its own text (`keepCopy`).
 * One author has one draft in a visit, so that two windows that both begin meet here and not at the signature.
 */
export function saveDraft(context: WriteContext, input: SaveDraftInput): ClinicalNote {
  const { db, actor, now } = context
  const encounter = requireEncounter(context, input.encounterId)
  const { encounterId, revision, id, cursor, ...sections } = input
  context.audit({ patientId: encounter.patientId, entityId: id })
  const stands = repository.noteById(db, id)
  if (stands) {
    requireDraft(stands, actor.userId, revision)
    if (stands.encounterId !== encounterId) throw refuse('NOTE_NOT_FOUND')
    const next: ClinicalNote = { ...stands, ...sections, cursor, revision: revision + 1, savedAt: now }
    repository.updateDraft(db, next)
    return next
  }
  const other = repository.draftOf(db, encounterId, actor.userId)
  if (other) throw refuse('STALE', { noteId: other.id, revision: other.revision })
  const note: ClinicalNote = {
    id, encounterId, patientId: encounter.patientId, authorId: actor.userId, status: 'draft', ...sections, cursor,
    revision: 1, savedAt: now, signedAt: null, signedBy: null,
  }
  repository.insertNote(db, note)
  return note
}

export function keepCopy(context: WriteContext, input: NoteSections & { id: string; noteId: string }): DraftCopy {
  const note = requireNote(context, input.noteId)
  requireDraft(note, context.actor.userId, note.revision)
  const copy: DraftCopy = { ...input, savedAt: context.now }
  repository.insertCopy(context.db, copy)
  return copy
}

export function settleCopy(context: WriteContext, id: string): null {
  const copy = repository.copyById(context.db, id)
  if (!copy) throw refuse(CommonError.NOT_FOUND)
  const note = requireNote(context, copy.noteId)
  if (note.authorId !== context.actor.userId) throw refuse('NOT_THE_AUTHOR')
  if (copy.settledAt === null) repository.settleCopy(context.db, id, context.now)
  return null
}

/** Makes the note immutable, closes the visit and its appointment. A doctor may sign what a nurse wrote; the author stays the author. */
export function signNote(context: WriteContext, input: { noteId: string; revision: number }): ClinicalNote {
  const { db, actor, now } = context
  const note = requireNote(context, input.noteId)
  if (note.status === 'signed') throw refuse('NOTE_IS_SIGNED')
  if (note.revision !== input.revision) throw refuse('STALE', { noteId: note.id, revision: note.revision })
  const problems = signProblems(note, repository.diagnosesOf(db, note.encounterId), repository.openCopies(db, note.id))
  if (problems.length > 0) throw refuse('CANNOT_SIGN', { problems })
  repository.signNote(db, note.id, now, actor.userId)
  const encounter = requireEncounter(context, note.encounterId)
  if (encounter.status === 'in-progress') repository.finishEncounter(db, encounter.id, now)
  if (encounter.appointmentId) endVisit(context, encounter.appointmentId)
  context.audit({ patientId: note.patientId, entityId: note.id })
  return { ...note, status: 'signed', signedAt: now, signedBy: actor.userId }
}

export function addAddendum(context: WriteContext, input: { id: string; noteId: string; text: string }): Addendum {
  const note = requireNote(context, input.noteId)
  if (note.status !== 'signed') throw refuse('NOTE_NOT_SIGNED')
  const addendum: Addendum = { ...input, authorId: context.actor.userId, addedAt: context.now }
  repository.insertAddendum(context.db, addendum)
  return addendum
}

export function addDiagnosis(context: WriteContext, input: AddDiagnosisInput): Diagnosis {
  const encounter = requireEncounter(context, input.encounterId)
  if (!canChangeDiagnoses(encounter)) throw refuse('VISIT_FINISHED')
  const others = repository.diagnosesOf(context.db, encounter.id)
  const same = others.find((one) => sameConcept(one.concept, input.concept))
  if (same) throw refuse('ALREADY_LISTED', { id: same.id })
  const diagnosis: Diagnosis = { id: input.id, encounterId: encounter.id, patientId: encounter.patientId, concept: input.concept, rank: others.length + 1 }
  repository.insertDiagnosis(context.db, diagnosis, markOf(context))
  const { system, code } = input.concept
  if (system === 'icd10cm' && code !== null) noteCodeUse(context, system, code)
  if (input.alsoProblem) addProblemFor(context, encounter.patientId, input.concept)
  return diagnosis
}

export function removeDiagnosis(context: WriteContext, id: string): Diagnosis {
  const diagnosis = requireDiagnosis(context, id)
  repository.markDiagnosis(context.db, id, markOf(context))
  renumber(context, repository.diagnosesOf(context.db, diagnosis.encounterId))
  return diagnosis
}

export function rankDiagnosis(context: WriteContext, input: { id: string; rank: number }): Diagnosis[] {
  const { encounterId } = requireDiagnosis(context, input.id)
  return renumber(context, ranked(repository.diagnosesOf(context.db, encounterId), input))
}

function renumber(context: WriteContext, inOrder: readonly Diagnosis[]): Diagnosis[] {
  return inOrder.map((diagnosis, i) => {
    repository.setRank(context.db, diagnosis.id, i + 1)
    return { ...diagnosis, rank: i + 1 }
  })
}

function requireDiagnosis(context: WriteContext, id: string): Diagnosis {
  const found = repository.diagnosisById(context.db, id)
  if (!found) throw refuse(CommonError.NOT_FOUND)
  const encounter = requireEncounter(context, found.diagnosis.encounterId)
  context.audit({ patientId: encounter.patientId, entityId: id })
  if (!canChangeDiagnoses(encounter)) throw refuse('VISIT_FINISHED')
  if (found.enteredInErrorAt !== null) throw refuse('ALREADY_IN_ERROR')
  return found.diagnosis
}

function requireNote(context: WriteContext, id: string): ClinicalNote {
  const note = repository.noteById(context.db, id)
  if (!note) throw refuse('NOTE_NOT_FOUND')
  context.audit({ patientId: note.patientId, entityId: note.id })
  return note
}

function requireDraft(note: ClinicalNote, authorId: string, revision: number): void {
  const refusal = refuseDraft(note, { authorId, revision })
  if (refusal === 'STALE') throw refuse('STALE', { noteId: note.id, revision: note.revision })
  if (refusal) throw refuse(refusal)
}
