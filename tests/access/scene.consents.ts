import { newestFields } from '#tests/support/consents.ts'
import type { World } from '#tests/support/world.ts'
import type { FileClass, PatientFile } from './scene.file.ts'

/** A form that every visit asks for, and what each patient has signed of it. */
export interface SceneConsents {
  formId: string
  formVersionId: string
  signed: Record<FileClass, string>
}

export async function makeConsents(world: World, files: Record<FileClass, PatientFile>): Promise<SceneConsents> {
  const newId = world.core.platform.newId
  const form = await world.as('administrator').consents.saveForm({ id: newId(), formId: newId(), basedOn: null, fields: newestFields, asksAgain: true })
  const sign = async ({ patientId, givenName, familyName }: PatientFile): Promise<string> => {
    const id = newId()
    await world.as('receptionist').consents.sign({ id, patientId, formVersionId: form.id, signer: { by: 'patient' }, signature: { how: 'typed', name: `${givenName} ${familyName}` } })
    return id
  }
  return { formId: form.formId, formVersionId: form.id, signed: { own: await sign(files.own), team: await sign(files.team), other: await sign(files.other), restricted: await sign(files.restricted) } }
}
