import type { CairnClient } from '#shared/rpc/client.ts'
import type { World } from '#tests/support/world.ts'
import { clientOf, COLLEAGUE } from './people.ts'

/** Words that nobody but their author may read, and the ids that nobody else may know. */
export const SENSITIVE = 'Heard voices since the summer'
export const PSYCHOTHERAPY = 'Dreams of the bridge again'

export interface WrittenNote { encounterId: string; noteId: string; copyId: string }

/** Notes about the patient of the team, each in a visit of its own: of the people who are asked about, and of a colleague. */
export interface SceneNotes {
  /** A nurse's draft with a copy, and one of hers that a doctor has signed. */
  nurse: WrittenNote & { signedId: string }
  doctor: { signedId: string }
  /** The colleague's: a draft with a copy, and signed ones. */
  colleague: WrittenNote & { signedId: string }
  sensitive: WrittenNote & { signedId: string; signedEncounterId: string }
  psychotherapy: WrittenNote & { appointmentId: string }
}

const words = { objective: '', assessment: '', plan: '' }

export async function makeNotes(world: World, patientId: string): Promise<SceneNotes> {
  const { clinic, core } = world
  const newId = core.platform.newId
  const [doctor, nurse, colleague, desk] = [world.as('doctor'), world.as('nurse'), clientOf(world, COLLEAGUE), world.as('receptionist')]
  clinic.joinTeam(core, patientId, clinic.providers[1])
  let minute = 0
  const open = async (by: CairnClient) => {
    const startsAt = new Date(Date.parse('2026-11-17T17:00:00.000Z') + (minute += 15) * 60_000).toISOString()
    const booked = await desk.scheduling.book({ id: newId(), patientId, providerId: clinic.providers[1], roomId: null, typeId: null, startsAt, durationMin: 15, reason: null })
    await desk.scheduling.arrive({ id: booked.id, version: booked.version })
    const { id } = await by.encounters.open({ appointmentId: booked.id })
    await doctor.encounters.addDiagnosis({ id: newId(), encounterId: id, concept: { system: 'local', code: null, label: 'Low mood' } })
    return { encounterId: id, appointmentId: booked.id }
  }
  const write = async (by: CairnClient, subjective: string, sensitivity: 'normal' | 'sensitive' | 'psychotherapy', signer?: CairnClient) => {
    const { encounterId, appointmentId } = await open(by)
    const [noteId, copyId] = [newId(), newId()]
    await by.encounters.saveDraft({ id: noteId, encounterId, revision: 0, subjective, ...words, sensitivity })
    if (signer) await signer.encounters.sign({ noteId, revision: 1 })
    else await by.encounters.keepCopy({ id: copyId, noteId, subjective, ...words })
    return { encounterId, noteId, copyId, appointmentId }
  }
  const nurses = { ...await write(nurse, 'Tired', 'normal'), signedId: (await write(nurse, 'Pale', 'normal', doctor)).noteId }
  const doctors = { signedId: (await write(doctor, 'Better', 'normal', doctor)).noteId }
  const colleagues = { ...await write(colleague, 'Worse', 'normal'), signedId: (await write(colleague, 'Same', 'normal', colleague)).noteId }
  const psychotherapy = await write(colleague, PSYCHOTHERAPY, 'psychotherapy')
  // Later than the others, so that they stand among the newest, which is all that a summary shows.
  world.clock.advanceMinutes(1)
  const signed = await write(colleague, SENSITIVE, 'sensitive', colleague)
  const sensitive = { ...await write(colleague, SENSITIVE, 'sensitive'), signedId: signed.noteId, signedEncounterId: signed.encounterId }
  return { nurse: nurses, doctor: doctors, colleague: colleagues, sensitive, psychotherapy }
}
