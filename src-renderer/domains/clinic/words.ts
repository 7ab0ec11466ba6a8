import { type ErrorTexts, registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { passwordAdvice } from './view.password.ts'

const errorTexts: ErrorTexts = {
  SIGN_IN_REFUSED: 'Name and password do not go together. Look at Caps Lock and try again.',
  ALREADY_SET_UP: 'This computer holds a clinic already. Nothing was changed.',
  SETUP_RUNNING: 'Another window is setting this up. Go on there.',
  PASSWORD_WEAK: (data) => passwordAdvice(problemOf(data)),
  NO_RECOVERY_KEY: 'The recovery key was not kept, because Cairn was started again. Print the new one.',
  RECOVERY_GROUPS_WRONG: 'One of the three groups differs from the printed one.',
  RECOVERY_KEY_MISREAD: 'One symbol of the key was misread: the last group is a check and it does not fit. Compare each group with the paper.',
  RECOVERY_REFUSED: 'This key and this user name do not open these records. It has to be the newest printed sheet and the user name of an administrator.',
  USER_NAME_TAKEN: 'Somebody has or had this user name. Choose another one.',
  USER_NAME_GENERIC: 'This name stands for a job or a place and would be shared. Take the person’s own name, with the first name where two are alike.',
  ADMINISTRATOR_TAKES_TWO: 'Making somebody an administrator takes two people. Invite them with another role first, then change the role: another administrator approves it.',
  OWN_ACCOUNT: 'Nobody changes the roles or the access of their own account. Another administrator can.',
  LAST_ADMINISTRATOR: 'This is the last administrator. Make someone else one first.',
  DATABASE_NEWER: 'These records were written by a newer Cairn. Update this computer, then sign in.',
  KEYRING_DAMAGED: 'The key file beside the records cannot be read.',
}

/** Before the workspace is loaded, sign-in needs these words too. */
registerErrorTexts(errorTexts)

function problemOf(data: unknown): string | undefined {
  return typeof data === 'object' && data !== null && 'problem' in data && typeof data.problem === 'string' ? data.problem : undefined
}
