import { roles, type StaffRole } from '#shared/access/roles.ts'
import { ofFile, restrictedNames, type Builder, type Entry } from './entry.ts'
import type { Caller } from './matrix.ts'
import { fileClasses, type FileClass } from './scene.file.ts'
import type { Scene } from './scene.ts'
import type { SceneTasks } from './scene.tasks.ts'

const none = { input: () => ({}) }
const today = '2026-11-17'
const nurses = { kind: 'role', role: 'nurse' } as const

/** Somebody without a usable session asks with what would be right for an administrator. */
const roleOf = (caller: Caller): StaffRole => roles.find((role) => role === caller) ?? 'administrator'
const classes = ['any', ...fileClasses] as const
type Build = (one: SceneTasks, scene: Scene, caller: Caller) => unknown
const ofTask = (build: Build): Record<(typeof classes)[number], Builder> => {
  const of = (name: (typeof classes)[number]): Builder => (scene, caller) => build(scene.tasks[roleOf(caller)][name], scene, caller)
  return { any: of('any'), own: of('own'), team: of('team'), other: of('other'), restricted: of('restricted') }
}
const ofRecall = (which: 'open' | 'closed', more: (scene: Scene) => object = () => ({})): Record<FileClass, Builder> => {
  const of = (name: FileClass): Builder => (scene) => ({ id: scene.recalls[name][which], ...more(scene) })
  return { own: of('own'), team: of('team'), other: of('other'), restricted: of('restricted') }
}
const step = (more: object = {}): Entry => ({ input: ofTask(({ open }) => ({ id: open, ...more })) })

export const tasksInputs: Readonly<Record<string, Entry>> = {
  'tasks.list': { input: () => ({ list: 'mine' }), hidden: { restricted: restrictedNames } },
  'tasks.counts': none,
  'tasks.people': none,
  'tasks.details': step(),
  'tasks.add': { input: ofFile(({ patientId }, { newId }) => ({ id: newId(), text: 'Call back', to: nurses, dueOn: today, patientId })), absent: 'PATIENT_NOT_FOUND' },
  'tasks.addClinical': { input: ofFile(({ patientId }, { newId }) => ({ id: newId(), text: 'Call back', to: nurses, dueOn: today, patientId })), absent: 'PATIENT_NOT_FOUND' },
  'tasks.say': { input: ofTask(({ open }, { newId }) => ({ id: newId(), taskId: open, text: 'She is fine' })) },
  'tasks.sayClinical': { input: ofTask(({ clinical }, { newId }) => ({ id: newId(), taskId: clinical, text: 'She is fine' })) },
  'tasks.take': step(),
  'tasks.hand': step({ version: 1, to: nurses }),
  'tasks.finish': step(),
  'tasks.decline': step({ reason: 'not-mine' }),
  'tasks.cancel': step(),
  'tasks.reopen': { input: ofTask(({ done }) => ({ id: done })) },
  'tasks.markSeen': step(),
}

export const callsInputs: Readonly<Record<string, Entry>> = {
  'calls.listRecalls': { input: () => ({}), hidden: { restricted: restrictedNames } },
  'calls.openRecalls': { input: ofFile(({ patientId }) => ({ patientId })) },
  'calls.listRules': none,
  'calls.listConfirmations': { input: { any: ({ files }) => ({ date: files.own.date }), restricted: ({ files }) => ({ date: files.restricted.date }) }, hidden: { restricted: restrictedNames } },
  'calls.addRecall': { input: ofFile(({ patientId }, { newId }) => ({ id: newId(), patientId, typeId: null, reason: 'Yearly look', providerId: null, dueOn: today })), absent: 'PATIENT_NOT_FOUND' },
  'calls.recordCall': { input: ofRecall('open', ({ newId }) => ({ callId: newId(), outcome: 'no-answer' })) },
  'calls.closeRecall': { input: ofRecall('open') },
  'calls.reopenRecall': { input: ofRecall('closed') },
  'calls.saveRule': { input: ({ newId, world }) => ({ id: newId(), typeId: world.clinic.types.long, months: 12, isActive: true }) },
  'calls.confirm': { input: ofFile(({ booked, date }, { newId }) => ({ id: newId(), appointmentId: booked.id, startsAt: `${date}T15:00:00.000Z`, outcome: 'confirmed' })) },
}
