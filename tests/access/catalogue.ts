import { billingInputs } from './inputs.billing.ts'
import { clinicInputs } from './inputs.clinic.ts'
import { encountersInputs } from './inputs.encounters.ts'
import { patientsInputs } from './inputs.patients.ts'
import { schedulingInputs } from './inputs.scheduling.ts'
import type { Caller, RowClass } from './matrix.ts'
import type { Scene } from './scene.ts'

/** Makes valid input of one procedure for whoever calls, of a row of the class in question. */
export type Builder = (scene: Scene, caller: Caller) => unknown

export interface Entry {
  /** Valid input; a builder for each row class where they differ. */
  input: Builder | Partial<Record<RowClass, Builder>>
  /** The scene can only ever answer with this refusal (set-up of a clinic that exists, a file that is not there). */
  answers?: string
  /** What the row rule refuses with, where the role alone would pass. */
  denial?: string
  /** Ends only when it is stopped. */
  isEndless?: boolean
  /** Parts of other people's rows that an `O` cell must not give away. */
  foreign?: (scene: Scene, caller: Caller) => string[]
}

/** One entry for each procedure; a new one without an entry fails the matrix. */
export const catalogue: Readonly<Record<string, Entry>> = {
  ...billingInputs, ...clinicInputs, ...encountersInputs, ...patientsInputs, ...schedulingInputs,
}

export function builderOf(path: string, rowClass: RowClass): Builder {
  const input = catalogue[path]?.input
  const builder = typeof input === 'function' ? input : input?.[rowClass]
  if (!builder) throw new Error(`the catalogue has no input of ${path} for ${rowClass}`)
  return builder
}
