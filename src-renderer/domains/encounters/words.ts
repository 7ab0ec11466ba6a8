import type { NoteSection } from '#shared/domains/encounters/model.ts'
import { SignProblem } from '#shared/domains/encounters/rules.ts'

export const sectionNames: Record<NoteSection, string> = { subjective: 'Subjective', objective: 'Objective', assessment: 'Assessment', plan: 'Plan' }

/** Next to the button, with the way out. */
export const signProblemTexts: Record<SignProblem, string> = {
  [SignProblem.noteEmpty]: 'Nothing is written yet.',
  [SignProblem.diagnosisMissing]: 'A diagnosis is missing. Go to Assessment (Alt 3).',
  [SignProblem.copyOpen]: 'Text from another window waits. Add it or leave it out.',
}
