import { recalls } from '#drizzle/schema/calls.ts'
import { appointmentTypes } from '#drizzle/schema/scheduling.ts'
import { roles, type StaffRole } from '#shared/access/roles.ts'
import type { Task } from '#shared/domains/tasks/model.ts'
import { insertTask } from '#main/domains/tasks/repository.ts'
import type { World } from '#tests/support/world.ts'
import type { FileClass, PatientFile } from './scene.file.ts'

const DAY = '2026-11-17'

/** Of each role's person: a task of their own about a patient, one that is done, and one that is of the chart. */
export interface SceneTasks { open: string; done: string; clinical: string }
export type TasksOfRole = Record<StaffRole, Record<FileClass | 'any', SceneTasks>>
export interface SceneRecalls { open: string; closed: string }

/** Written as rows: whoever may see and go on with a task is asked of the procedures, not of this. */
export function makeTasks({ core, clinic }: World, files: Record<FileClass, PatientFile>): TasksOfRole {
  const { newId, now } = core.platform
  const add = (role: StaffRole, patientId: string | null, isClinical: boolean, status: 'open' | 'done'): string => {
    const { userId, staffId } = clinic.people[role]
    const task: Task = {
      id: newId(), status, urgency: 'normal', isClinical, to: { kind: 'person', staffId }, holderId: staffId, patientId, appointmentId: null, encounterId: null,
      dueOn: DAY, authorId: userId, createdAt: now(), settledAt: status === 'done' ? now() : null, hasNews: status === 'open', version: 1,
    }
    insertTask(core.vault.writer, task, { id: task.id, kind: 'added', at: now(), by: userId, to: task.to, text: 'Call back' })
    return task.id
  }
  const of = (role: StaffRole, patientId: string | null): SceneTasks =>
    ({ open: add(role, patientId, false, 'open'), done: add(role, patientId, false, 'done'), clinical: patientId === null ? '' : add(role, patientId, true, 'open') })
  return Object.fromEntries(roles.map((role) => [role, {
    any: of(role, null), own: of(role, files.own.patientId), team: of(role, files.team.patientId), other: of(role, files.other.patientId), restricted: of(role, files.restricted.patientId),
  }])) as TasksOfRole // One for each role.
}

/** An open and a closed recall of each patient, of a visit type that no check books. */
export function makeRecalls({ core, clinic }: World, files: Record<FileClass, PatientFile>): Record<FileClass, SceneRecalls> {
  const typeId = core.platform.newId()
  core.vault.writer.insert(appointmentTypes).values({ id: typeId, name: 'Yearly look', durationMin: 30, isActive: true, sortOrder: 7 }).run()
  const add = (patientId: string, status: 'open' | 'closed'): string => {
    const id = core.platform.newId()
    core.vault.writer.insert(recalls).values({ id, patientId, typeId, dueOn: DAY, workOn: DAY, status, contacts: 0, createdAt: core.platform.now(), createdBy: clinic.people.receptionist.userId }).run()
    return id
  }
  const of = ({ patientId }: PatientFile): SceneRecalls => ({ open: add(patientId, 'open'), closed: add(patientId, 'closed') })
  return { own: of(files.own), team: of(files.team), other: of(files.other), restricted: of(files.restricted) }
}
