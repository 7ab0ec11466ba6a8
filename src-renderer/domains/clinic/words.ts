import { type ErrorTexts, registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { waitWords } from './view.door.ts'
import { passwordAdvice } from './view.password.ts'

const errorTexts: ErrorTexts = {
  SIGN_IN_REFUSED: 'Name and password do not go together. Look at Caps Lock and try again.',
  FIRST_SIGN_IN_NEEDS_HOST: 'You have not signed in at this computer before, or not since your password changed, and that takes the host, which is not reachable now. Use a computer you have used already, or try again when the host is back.',
  SIGN_IN_WAIT: (data) => waitWords(numberIn(data, 'seconds') ?? 60),
  SIGN_IN_STOPPED: 'Nobody can try this name any more: it failed fifty times. An administrator lets you in again under Staff, or the printed key does.',
  CODE_REFUSED: 'This code does not fit. Each counts once: wait for the next one of your app, or take a printed code.',
  CLOCK_BEHIND: 'This computer’s clock went back, so the app’s codes cannot be judged. Take a printed code, and set the clock right.',
  NO_SIGN_IN_PENDING: 'That took longer than five minutes. Begin with your password again.',
  PIN_REFUSED: (data) => pinWords(numberIn(data, 'left') ?? 0),
  PASSWORD_NEEDED: 'Your password opens this.',
  PIN_WEAK: 'These digits are the first that anybody would try. Take six without a pattern.',
  PIN_NOT_FOR_ADMINISTRATORS: 'Administrators sign in with the password: what they may do is worth more than a PIN.',
  NO_SECOND_FACTOR_BEGUN: 'The code on the screen was drawn before Cairn was started again. Scan the new one.',
  NO_SECOND_FACTOR: 'There is no second factor here to change.',
  ALREADY_SET_UP: 'This computer holds a clinic already. Nothing was changed.',
  SETUP_RUNNING: 'Another window is setting this up. Go on there.',
  PASSWORD_WEAK: (data) => passwordAdvice(problemOf(data)),
  NO_RECOVERY_KEY: 'The recovery key was not kept, because Cairn was started again. Print the new one.',
  RECOVERY_GROUPS_WRONG: 'One of the three groups differs from the printed one.',
  RECOVERY_KEY_MISREAD: 'One symbol of the key was misread: the last group is a check and it does not fit. Compare each group with the paper.',
  RECOVERY_REFUSED: 'This key and this user name do not open these records. It has to be the newest printed sheet and the user name of an administrator.',
  USER_NAME_TAKEN: 'Somebody has or had this user name. Choose another one.',
  OLD_PASSWORD_WRONG: 'The password of today is another one. Look at Caps Lock and try again.',
  INVITE_REFUSED: 'This code does not let this user name in. It works once; ask your administrator for a new one.',
  INVITE_EXPIRED: 'This code was good for 24 hours and is too old now. Ask your administrator for a new one.',
  DEVICE_SECRET_MISSING: 'This computer lacks its own part of the key: its key store or its key file is not there. Put the key file’s stick in and try again, or open with the printed key.',
  DATA_KEY_BUSY: 'The records are being read or written by a longer task. Nothing was changed; try again in a minute.',
  OLD_SLOTS: 'Some passwords are still kept in the form of an older Cairn. Each of these people signs in once, or gets a new invitation; then the key can be changed.',
  KEY_FILE_EXISTS: 'There is a file with this name already. It was not touched; choose another name.',
  KEY_FILE_INSIDE: 'This place is inside the folder of the records. A key beside its lock protects nothing: choose a stick or another disk.',
  KEY_FILE_UNWRITABLE: 'The file could not be written there. Name a whole path, on a disk that can be written to.',
  KEEPER_IS_OS: 'This computer keeps its part of the key in its own key store. A file would be weaker.',
  USER_NAME_GENERIC: 'This name stands for a job or a place and would be shared. Take the person’s own name, with the first name where two are alike.',
  ADMINISTRATOR_TAKES_TWO: 'Making somebody an administrator takes two people. Invite them with another role first, then change the role: another administrator approves it.',
  OWN_ACCOUNT: 'Nobody changes the roles or the access of their own account. Another administrator can.',
  LAST_ADMINISTRATOR: 'This is the last administrator. Make someone else one first.',
  DATABASE_NEWER: 'These records were written by a newer Cairn. Update this computer, then sign in.',
  KEYRING_DAMAGED: 'The key file beside the records cannot be read.',
}

/** Before the workspace is loaded, sign-in needs these words too. */
registerErrorTexts(errorTexts)

const pinWords = (left: number): string => (left === 0 ? 'That was the fifth. Your password opens it now.' : `Not your PIN. ${left} ${left === 1 ? 'try' : 'tries'} left, then the password.`)

function numberIn(data: unknown, name: string): number | undefined {
  const value: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined
  return typeof value === 'number' ? value : undefined
}

function problemOf(data: unknown): string | undefined {
  return typeof data === 'object' && data !== null && 'problem' in data && typeof data.problem === 'string' ? data.problem : undefined
}
