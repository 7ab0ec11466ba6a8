import type { DraftCopy, NoteAddendum } from '#shared/domains/encounters/model.chart.ts'
import { NoteSections, type ClinicalNote } from '#shared/domains/encounters/model.ts'
import { CommonError, refuse } from '#shared/rpc/errors.ts'
import type { OpenedChart } from '#main/core/access/opened.ts'
import type { ReadContext, WriteContext } from '#main/core/rpc/context.ts'
import { readSync } from '#main/core/sync/context.ts'
import * as repository from './repository.ts'

/**
 * Psychotherapy notes between the service and the table: clear text comes in and goes out, sealed text is what is kept.
 * The table's triggers refuse the clear text of one, whoever forgets to seal it.
 */

const empty: NoteSections = { subjective: '', objective: '', assessment: '', plan: '' }
const sectionsOf = ({ subjective, objective, assessment, plan }: NoteSections): NoteSections => ({ subjective, objective, assessment, plan })

interface Drawn { author: Uint8Array; recovery: Uint8Array | undefined }
interface Stored { note: ClinicalNote; sealedText: Buffer | null; keys?: Drawn }

/**
 * The key of such a note is drawn and opened where its author sits, and no other machine may ever hold it. What travels is
 * the input with the clear words, so on a member they are not taken at all (docs/sync.conflicts.md).
 */
export function requireOwnMachine(context: WriteContext): void {
  if (context.isCarried || readSync(context.db).role === 'member') throw refuse(CommonError.AT_HOST)
}

/** The row as it is written. A draft that becomes a psychotherapy note gets its key then; its row takes the clear text away. */
export function toStore(context: WriteContext, chart: OpenedChart, note: ClinicalNote, sections: NoteSections): Stored {
  if (note.sensitivity !== 'psychotherapy') return { note, sealedText: null }
  requireOwnMachine(context)
  const known = keyOf(context, chart, note.id)
  if (known) return { note: { ...note, ...empty }, sealedText: seal(context, known, note.id, sections) }
  const drawn = context.noteKeys.draw()
  if (!drawn) throw refuse('NO_NOTE_KEY')
  const keys = { author: drawn.author, recovery: drawn.recovery }
  if (note.revision > 1) keepKeys(context, note.id, keys)
  return { note: { ...note, ...empty }, sealedText: seal(context, drawn.key, note.id, sections), keys }
}

export function keepKeys(context: WriteContext, noteId: string, keys: Drawn | undefined): void {
  if (!keys) return
  repository.insertNoteKey(context.db, noteId, 'author', keys.author)
  if (keys.recovery) repository.insertNoteKey(context.db, noteId, 'recovery', keys.recovery)
}

/** The columns of a copy of a draft. */
export function sealedSections(context: WriteContext, chart: OpenedChart, note: ClinicalNote, sections: NoteSections): NoteSections & { sealedText: Buffer | null } {
  if (note.sensitivity !== 'psychotherapy') return { ...sectionsOf(sections), sealedText: null }
  return { ...empty, sealedText: seal(context, requireKey(context, chart, note.id), note.id, sections) }
}

/** The columns of an addendum. */
export function sealedWords(context: WriteContext, chart: OpenedChart, note: ClinicalNote, text: string): { text: string; sealedText: Buffer | null } {
  if (note.sensitivity !== 'psychotherapy') return { text, sealedText: null }
  return { text: '', sealedText: context.noteKeys.sealText(requireKey(context, chart, note.id), note.id, text) }
}

/** The note with its words for its author; every other note as it is. Without the key (another session's, an older one's) it stays hidden. */
export function unsealed(context: ReadContext | WriteContext, chart: OpenedChart, note: ClinicalNote): ClinicalNote {
  if (note.sensitivity !== 'psychotherapy') return note
  const sections = openSections(context, keyOf(context, chart, note.id), note.id, repository.sealedTextOf(context.db, chart, note.id))
  return sections ? { ...note, ...sections, textHash: repository.textHashOf(sections) } : { ...note, isHidden: true }
}

interface More {
  addenda: readonly (NoteAddendum & { sealedText: Buffer | null })[]
  copies: readonly (DraftCopy & { sealedText: Buffer | null })[]
}

export function unsealedMore(context: ReadContext, chart: OpenedChart, note: ClinicalNote, { addenda, copies }: More): { addenda: NoteAddendum[]; copies: DraftCopy[] } {
  const key = note.sensitivity === 'psychotherapy' ? keyOf(context, chart, note.id) : undefined
  return {
    addenda: addenda.map(({ sealedText, ...addendum }) => ({ ...addendum, text: sealedText && key ? context.noteKeys.openText(key, note.id, sealedText) ?? addendum.text : addendum.text })),
    copies: copies.map(({ sealedText, ...copy }) => ({ ...copy, ...openSections(context, key, note.id, sealedText) })),
  }
}

const seal = ({ noteKeys }: WriteContext, key: Uint8Array, noteId: string, sections: NoteSections): Buffer => noteKeys.sealText(key, noteId, JSON.stringify(sectionsOf(sections)))

function openSections({ noteKeys }: ReadContext | WriteContext, key: Uint8Array | undefined, noteId: string, sealed: Buffer | null): NoteSections | undefined {
  const text = key && sealed ? noteKeys.openText(key, noteId, sealed) : undefined
  return text === undefined ? undefined : NoteSections.parse(JSON.parse(text))
}

function keyOf({ db, noteKeys }: ReadContext | WriteContext, chart: OpenedChart, noteId: string): Uint8Array | undefined {
  const sealed = repository.authorsKeyOf(db, chart, noteId)
  return sealed && noteKeys.open(sealed)
}

function requireKey(context: WriteContext, chart: OpenedChart, noteId: string): Uint8Array {
  requireOwnMachine(context)
  const key = keyOf(context, chart, noteId)
  if (!key) throw refuse('NO_NOTE_KEY')

  return key
}
