import type { Caller, RowClass } from './matrix.ts'
import type { fileClasses, PatientFile } from './scene.file.ts'
import type { Scene } from './scene.ts'

/** Makes valid input of one procedure for whoever calls, of a row of the class in question. */
export type Builder = (scene: Scene, caller: Caller) => unknown
/** The same of one patient. */
type FileBuilder = (file: PatientFile, scene: Scene, caller: Caller) => unknown
export type Code = string | ((caller: Caller) => string | null)

export interface Entry {
  /** Valid input; a builder for each row class where they differ. */
  input: Builder | Partial<Record<RowClass, Builder>>
  /** What has to happen at the clinic first. It is taken back with the rest. */
  before?: (scene: Scene, caller: Caller, rowClass: RowClass) => void
  /** The scene can only ever answer with this refusal (set-up of a clinic that exists, a file that is not there). */
  answers?: Code | Partial<Record<RowClass, string>>
  /** What the row rule refuses with, where the role alone would pass. */
  denials?: Partial<Record<RowClass, Code>>
  /** The code of "there is no such row", which is the answer for restricted patients too. */
  absent?: string
  /** Parts of an answer that must not be in it: to `O` callers never, to `G` callers before the glass is broken. */
  hidden?: Partial<Record<RowClass, (scene: Scene, caller: Caller) => string[]>>
  /** Ends only when it is stopped. */
  isEndless?: boolean
  /** This machine has seen too many failed attempts: nothing is looked at, and no key is derived for each check. */
  isThrottled?: boolean
  /** Rows of the log that a done command leaves, where it carries out another one: more than one. */
  events?: number
  /** Keeps what is only a path from leaving the scene's own folder: nothing of the machine is written by a check. */
  contained?: string
}

/** About one patient, of each class. */
export const ofFile = (build: FileBuilder): Record<(typeof fileClasses)[number], Builder> => {
  const of = (name: (typeof fileClasses)[number]): Builder => (scene, caller) => build(scene.files[name], scene, caller)
  return { own: of('own'), team: of('team'), other: of('other'), restricted: of('restricted') }
}

/** What only the patient's own file, and nobody else's, may say to the patient; and of a restricted patient to nobody. */
export const namesOf = ({ patientId, familyName, payer }: PatientFile): string[] => [patientId, familyName, payer]
export const othersNames = ({ files }: Scene, caller: Caller): string[] => (caller === 'patient' ? [files.team, files.other, files.restricted].flatMap(namesOf) : [])
export const restrictedNames = ({ files }: Scene): string[] => namesOf(files.restricted)
