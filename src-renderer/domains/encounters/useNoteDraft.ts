import { useCallback, useEffect, useRef, useState } from 'react'
import type { NoteDetail } from '#shared/domains/encounters/model.chart.ts'
import type { NoteCursor, NoteSection, NoteSections, NoteSensitivity } from '#shared/domains/encounters/model.ts'
import { useDraft, type DraftState } from '#renderer/ui/drafts.ts'
import { createNoteKeeper, joined } from './note-keeper.ts'

export interface NoteDraft {
  text: NoteSections
  write: (section: NoteSection, text: string, offset: number) => void
  sensitivity: NoteSensitivity
  /** Says whose eyes it is for; saved at once with the text. */
  classify: (next: NoteSensitivity) => void
  /** Puts another text under what stands here. */
  add: (other: NoteSections) => void
  draft: DraftState
  /** The id and revision to sign. */
  saved: () => { noteId: string; revision: number; textHash: string | null }
  /** Where the author's cursor stood when this screen opened. */
  cursor: NoteCursor | null
}

/** The text of a note between keyboard and core: saved within a second, and again after a lost connection. */
export function useNoteDraft(encounterId: string, mine: NoteDetail | undefined): NoteDraft {
  const [keeper] = useState(() => createNoteKeeper(encounterId, mine))
  const [cursor] = useState(mine?.cursor ?? null)
  const [text, setText] = useState<NoteSections>(() => keeper.text())
  const draft = useDraft({ value: text, save: keeper.save })
  const [sensitivity, setSensitivity] = useState<NoteSensitivity>(mine?.sensitivity ?? 'normal')
  const shown = useRef(text)
  useEffect(() => {
    shown.current = text
  }, [text])
  const isSaving = draft.status === 'saving'
  useEffect(() => {
    if (!mine || isSaving) return
    const newer = keeper.follow(mine, shown.current)
    if (!newer) return
    setText(newer)
    setSensitivity(mine.sensitivity)
  }, [mine, isSaving, keeper])
  const write = useCallback((section: NoteSection, typed: string, offset: number) => {
    keeper.moveCursor({ section, offset })
    setText((before) => ({ ...before, [section]: typed }))
  }, [keeper])
  const classify = useCallback((next: NoteSensitivity) => {
    keeper.classify(next)
    setSensitivity(next)
    // A new object with the same words: the draft is saved once more, as what it is now.
    setText((before) => ({ ...before }))
  }, [keeper])
  const add = useCallback((other: NoteSections) => setText((before) => joined(before, other)), [])
  return { text, write, sensitivity, classify, add, draft, saved: keeper.saved, cursor }
}
