import { noteSections, type NoteCursor, type NoteSection, type NoteSections, type NoteSensitivity } from '#shared/domains/encounters/model.ts'
import { refuse, Refusal } from '#shared/rpc/errors.ts'
import { api } from '#renderer/rpc/api.ts'
import { newId } from '#renderer/rpc/ids.ts'

/** What the core has of a draft. */
export interface Stored extends NoteSections {
  id: string
  revision: number
  textHash: string
  cursor: NoteCursor | null
  sensitivity: NoteSensitivity
}

export interface NoteKeeper {
  /** What the core had when this window last heard of it. */
  text: () => NoteSections
  saved: () => { noteId: string; revision: number; textHash: string | null }
  /** Where the cursor stands; it goes with the next save. */
  moveCursor: (cursor: NoteCursor) => void
  /** Whose eyes the note is for; it goes with the next save. */
  classify: (sensitivity: NoteSensitivity) => void
  save: (value: NoteSections) => Promise<void>
  /** The text to show when another window has saved a newer one and this window has nothing unsaved. */
  follow: (stands: Stored, shown: NoteSections) => NoteSections | undefined
}

const emptyNote: NoteSections = { subjective: '', objective: '', assessment: '', plan: '' }

const sectionsOf = ({ subjective, objective, assessment, plan }: NoteSections): NoteSections => ({ subjective, objective, assessment, plan })
const sameText = (a: NoteSections, b: NoteSections): boolean => noteSections.every((section) => a[section] === b[section])

/**
 * Carries one draft from this window to the core. When another window has saved meanwhile, that text is kept as a copy
 * beside the note and offered, and this window writes on: nobody's typing is stopped and neither text is lost.
 */
export function createNoteKeeper(encounterId: string, stored: Stored | undefined): NoteKeeper {
  let known: Known = stored ? knownOf(stored) : { noteId: newId(), revision: 0, textHash: null, text: emptyNote, sensitivity: 'normal' as NoteSensitivity }
  let cursor = stored?.cursor ?? null
  let sensitivity = known.sensitivity
  // Sent, and no answer came: the core may have them or not.
  let unanswered: NoteSections[] = []

  const save = async (value: NoteSections): Promise<void> => {
    if (sameText(value, known.text) && sensitivity === known.sensitivity) return
    unanswered = [...unanswered, value]
    try {
      const note = await api.encounters.saveDraft({ id: known.noteId, encounterId, revision: known.revision, parent: known.textHash, ...value, cursor, sensitivity })
      // Another machine's text stands at the host, and this one was kept beside it.
      if (!sameText(note, value)) throw refuse('STALE')
      known = { ...known, revision: note.revision, textHash: note.textHash, text: value, sensitivity: note.sensitivity }
      unanswered = []
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'STALE')) throw error
      known = await meet(encounterId, known, unanswered)
      await save(value)
    }
  }
  return {
    save,
    text: () => known.text,
    saved: () => ({ noteId: known.noteId, revision: known.revision, textHash: known.textHash }),
    moveCursor: (to) => void (cursor = to),
    classify: (to) => void (sensitivity = to),
    follow: (stands, shown) => {
      if (stands.revision <= known.revision || !sameText(shown, known.text)) return undefined
      known = knownOf(stands)
      sensitivity = known.sensitivity
      return known.text
    },
  }
}

interface Known {
  noteId: string
  revision: number
  textHash: string | null
  text: NoteSections
  sensitivity: NoteSensitivity
}

const knownOf = (stored: Stored): Known => ({ noteId: stored.id, revision: stored.revision, textHash: stored.textHash, text: sectionsOf(stored), sensitivity: stored.sensitivity })

/**
 * Learns what stands in the core. When it is what this window sent itself (the answer was lost with the connection)
 * there is nothing to keep; otherwise it is the other window's text, and it is kept before this one is written over it.
 */
async function meet(encounterId: string, known: Known, sent: readonly NoteSections[]): Promise<Known> {
  const visit = await api.encounters.encounter({ id: encounterId })
  const stands = visit.notes.find((note) => note.status === 'draft' && note.id === known.noteId) ?? (known.revision === 0 ? visit.notes.find((note) => note.status === 'draft') : undefined)
  if (!stands) throw refuse('NOTE_IS_SIGNED')
  const text = sectionsOf(stands)
  const isOwn = [known.text, ...sent].some((own) => sameText(text, own))
  if (!isOwn) await api.encounters.keepCopy({ id: newId(), noteId: stands.id, ...text })
  return knownOf(stands)
}

/** Both texts, section by section; what is in the other one already is not written twice. */
export function joined(mine: NoteSections, other: NoteSections): NoteSections {
  const join = (section: NoteSection): string => {
    const [here, there] = [mine[section], other[section]]
    if (there.trim() === '' || here.includes(there.trim())) return here
    return here.trim() === '' || there.includes(here.trim()) ? there : `${here.trimEnd()}\n\n${there}`
  }
  return { subjective: join('subjective'), objective: join('objective'), assessment: join('assessment'), plan: join('plan') }
}
