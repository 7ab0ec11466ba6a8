import { Role } from '#shared/access/roles.ts'
import { startSession } from '#main/domains/session/service.ts'
import type { Entry } from './entry.ts'
import { roleColumns, type Caller } from './matrix.ts'
import { accountOf } from './people.ts'
import { NEW_PASSWORD, type Scene } from './scene.ts'
import { ADMIN_PASSWORD } from '#tests/support/small-clinic.ts'

const none = { input: () => ({}) }
/** Everything that looks at a secret answers the same while this machine has seen too many failures. */
const throttled = { isThrottled: true, answers: 'SIGN_IN_WAIT' } as const
const isSignedIn = (caller: Caller): boolean => (roleColumns as readonly Caller[]).includes(caller)
const somebodyAtDoor = (caller: Caller): boolean => isSignedIn(caller) || caller === 'locked' || caller === 'enrolling'

/** Lets that person sit at the second window. */
const sit = ({ world: { core }, otherWindow }: Scene, userName: string): void => {
  otherWindow.session = null
  startSession(core, otherWindow, accountOf(core, userName))
}
const atOtherWindow = ({ otherWindow }: Scene) => ({ sessionId: otherWindow.session?.sessionId ?? '' })

/** The doors: coming in, going, and what people change about it. */
export const sessionInputs: Readonly<Record<string, Entry>> = {
  'session.state': none,
  'session.signIn': { input: () => ({ userName: 'administrator', password: ADMIN_PASSWORD }) },
  'session.giveCode': { input: () => ({ code: '123456' }), answers: 'NO_SIGN_IN_PENDING' },
  'session.cancelSignIn': none,
  'session.unlock': { input: () => ({ password: 'not the password' }), isThrottled: true, answers: (caller) => (somebodyAtDoor(caller) ? 'SIGN_IN_WAIT' : 'SIGN_IN_REFUSED') },
  'session.openByPin': { input: ({ world }) => ({ userId: world.clinic.people.nurse.userId, pin: '482913' }), answers: 'PASSWORD_NEEDED' },
  'session.lock': none,
  'session.signOut': none,
  'session.seen': none,
  'session.prove': { input: () => ({ password: 'not the password' }), ...throttled },
  'session.recover': { input: () => ({ recoveryKey: 'AAAA-BBBB', userName: 'administrator', newPassword: NEW_PASSWORD }), answers: 'RECOVERY_KEY_MISREAD' },
  'session.redeemInvite': { input: () => ({ userName: 'nurse', code: 'AAAA-BBBB-CCCC', newPassword: NEW_PASSWORD }), ...throttled },
  'session.changePassword': { input: () => ({ oldPassword: 'not the password', newPassword: NEW_PASSWORD }), ...throttled },
  'session.mine': { ...none, hidden: { any: ({ otherWindow }) => [otherWindow.session?.sessionId ?? 'nobody'] }, before: (scene) => sit(scene, 'lindqvist') },
  'session.setPin': { input: () => ({ pin: '482913' }), denials: { any: 'PIN_NOT_FOR_ADMINISTRATORS' } },
  'session.removePin': none,
  'session.endOwn': {
    input: { own: atOtherWindow, colleague: atOtherWindow }, denials: { colleague: 'NOT_FOUND' },
    before: (scene, caller, rowClass) => sit(scene, rowClass === 'own' && isSignedIn(caller) ? caller : 'lindqvist'),
  },
  'session.confirmSecondFactor': { input: () => ({ code: '123456' }), answers: 'NO_SECOND_FACTOR_BEGUN' },
  'session.beginSecondFactor': none,
  'session.newOneTimeCodes': { ...none, answers: 'NO_SECOND_FACTOR' },
  'session.policy': none,
  'session.setPolicy': { input: () => ({ policy: 'required' }) },
  'session.setIdle': { input: () => ({ seconds: 300 }) },
  'session.removeSecondFactor': { input: ({ world }) => ({ userId: world.clinic.people.nurse.userId }), answers: 'NO_SECOND_FACTOR' },
  'session.allowAgain': { input: ({ world }) => ({ userId: world.clinic.people.nurse.userId }) },
  'session.changes': { ...none, isEndless: true },

  'devices.list': none,
  'devices.rename': { input: ({ deviceId }) => ({ id: deviceId, name: 'Front desk' }) },
  'devices.sessions': none,
  'devices.endSession': { input: ({ otherWindow }) => ({ id: otherWindow.session?.sessionId ?? '' }), before: (scene) => sit(scene, Role.nurse) },
  'devices.endSessions': { input: () => ({ userId: null }), before: (scene) => sit(scene, Role.nurse) },
}
