import type { clinic } from '#shared/domains/clinic/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import { exploreDemo } from './service.demo.ts'
import { health } from './service.health.ts'
import { addPerson, resetAccess } from './service.invite.ts'
import { drawNextRecoveryKey, keyState, makeKeyFile, reissueRecoveryKey, rotateKey } from './service.keys.ts'
import { changeRoles, disablePerson, listAccounts, setPrivacyOfficer } from './service.staff.ts'
import { getClinic, listAllRooms, listRooms, listStaff, saveRoom, saveStaff, updateClinic } from './service.ts'
import { checkRecoveryGroups, drawRecoveryKey, readDraft, saveDraft, setUp } from './service.wizard.ts'

export const clinicProcedures: Handlers<typeof clinic> = {
  get: (context) => getClinic(context),
  listStaff: (context) => listStaff(context),
  listRooms: (context) => listRooms(context),

  exploreDemo: (context, input) => exploreDemo(context, input),
  setupDraft: (context) => readDraft(context),
  saveSetupDraft: (context, input) => saveDraft(context, input),
  drawRecoveryKey: (context) => drawRecoveryKey(context),
  checkRecoveryGroups: (context, input) => checkRecoveryGroups(context, input.typed),
  setUp: (context, input) => setUp(context, input),

  update: (context, input) => updateClinic(context, input),
  listAllRooms: (context) => listAllRooms(context),
  saveRoom: (context, input) => saveRoom(context, input),
  listAccounts: (context) => listAccounts(context),
  addPerson: (context, input) => addPerson(context, input),
  resetAccess: (context, input) => resetAccess(context, input.userId),
  changeRoles: (context, input) => changeRoles(context, input),
  setPrivacyOfficer: (context, input) => setPrivacyOfficer(context, input),
  saveStaff: (context, input) => saveStaff(context, input),
  disablePerson: (context, input) => disablePerson(context, input.userId),
  keyState: (context) => keyState(context),
  rotateKey: (context) => rotateKey(context),
  drawNextRecoveryKey: (context) => drawNextRecoveryKey(context),
  reissueRecoveryKey: (context, input) => reissueRecoveryKey(context, input.typed),
  makeKeyFile: (context, input) => makeKeyFile(context, input.path),
  health: (context) => health(context),
}
