import type { Builder, Code, Entry } from './entry.ts'
import { accessInputs } from './inputs.access.ts'
import { billingInputs } from './inputs.billing.ts'
import { clinicInputs } from './inputs.clinic.ts'
import { consentsInputs } from './inputs.consents.ts'
import { encountersInputs } from './inputs.encounters.ts'
import { flowInputs } from './inputs.flow.ts'
import { inventoryInputs } from './inputs.inventory.ts'
import { medicationsInputs } from './inputs.medications.ts'
import { networkInputs } from './inputs.network.ts'
import { patientsInputs } from './inputs.patients.ts'
import { schedulingInputs } from './inputs.scheduling.ts'
import { sessionInputs } from './inputs.session.ts'
import { staffInputs } from './inputs.staff.ts'
import { callsInputs, tasksInputs } from './inputs.tasks.ts'
import { rowsOf, type Caller, type RowClass } from './matrix.ts'
import type { Scene } from './scene.ts'

/** One entry for each procedure; a new one without an entry fails the matrix. */
export const catalogue: Readonly<Record<string, Entry>> = {
  ...accessInputs, ...billingInputs, ...clinicInputs, ...consentsInputs, ...encountersInputs, ...flowInputs, ...inventoryInputs, ...medicationsInputs, ...networkInputs, ...patientsInputs, ...schedulingInputs, ...sessionInputs, ...staffInputs, ...tasksInputs, ...callsInputs,
}

export function builderOf(path: string, rowClass: RowClass): Builder {
  const input = catalogue[path]?.input
  const builder = typeof input === 'function' ? input : input?.[rowClass]
  if (!builder) throw new Error(`the catalogue has no input of ${path} for ${rowClass}`)
  return builder
}

/** Input that passes where anything does, and the class of its row. */
export function validInput(scene: Scene, path: string, caller: Caller): unknown {
  const rows = rowsOf(path)
  const row = rows.find((one) => one[caller] !== '-' && one[caller] !== 'G') ?? rows.find((one) => one[caller] !== '-') ?? rows[0]
  if (!row) throw new Error(`the matrix has no ${path}`)
  return builderOf(path, row['row class'])(scene, caller)
}

const codeOf = (code: Code | null | undefined, caller: Caller): string | null => (typeof code === 'function' ? code(caller) : code ?? null)

export function answerOf(path: string, rowClass: RowClass, caller: Caller): string | null {
  const answers = catalogue[path]?.answers
  return typeof answers === 'object' ? answers[rowClass] ?? null : codeOf(answers, caller)
}

const ofPatients: readonly RowClass[] = ['team', 'other', 'restricted', 'sensitive', 'psychotherapy']

/** With what the row rule refuses. A patient is told of nobody else. */
export function denialOf(path: string, rowClass: RowClass, caller: Caller): string {
  const entry = catalogue[path]
  const absent = entry?.absent ?? 'NOT_FOUND'
  const standard: Partial<Record<RowClass, string>> = {
    own: 'OWN_CHART', other: 'NOT_ON_CARE_TEAM', restricted: absent, colleague: 'NOT_THE_AUTHOR', sensitive: 'NOT_THE_AUTHOR', psychotherapy: 'NOTE_NOT_FOUND',
  }
  if (caller === 'patient' && ofPatients.includes(rowClass)) return absent
  return codeOf(entry?.denials?.[rowClass], caller) ?? standard[rowClass] ?? 'FORBIDDEN'
}

/** The input with whatever path it names inside the scene's own folder. */
export function contained(scene: Scene, path: string, input: unknown): unknown {
  const field = catalogue[path]?.contained
  if (field === undefined || typeof input !== 'object' || input === null || !Object.hasOwn(input, field)) return input
  const value = (input as Record<string, unknown>)[field] // An own member.
  return typeof value === 'string' && value.startsWith('/') && !value.startsWith(scene.world.folder) ? { ...input, [field]: `${scene.world.folder}/nowhere${value}` } : input
}
