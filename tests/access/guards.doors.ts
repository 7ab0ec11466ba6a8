import type { Guard } from './guards.ts'

// Guards of coming in and staying: seats, time, factors, attempts, keys.

const seats = 'tests/commands/session.seats.test.ts'
const door = 'tests/commands/session.door.test.ts'
const factor = 'tests/commands/session.factor.test.ts'
const attempts = 'tests/commands/session.throttle.test.ts'
const people = 'tests/commands/keys.people.test.ts'
const pipeline = 'src-main/core/rpc/pipeline.ts'
const enter = 'src-main/domains/session/service.enter.ts'
const secondFactor = 'src-main/domains/session/service.factor.ts'
const throttle = 'src-main/domains/session/service.throttle.ts'
const redeem = 'src-main/domains/session/service.redeem.ts'

const display = 'tests/commands/flow.display.test.ts'

export const doorGuards: readonly Guard[] = [
  { file: pipeline, source: `  if (door.kind === 'display' && (procedure.onDisplay !== true || !door.mayShowCalls)) throw refuse(CommonError.FORBIDDEN)\n`, without: '', test: display },
  { file: 'src-main/core/display.ts', source: ` || !can(session, 'appointment.write')) return`, without: `) return`, test: display },
  { file: 'src-main/core/display.ts', source: ` || session.isLocked || `, without: ` || `, test: display },
  { file: pipeline, source: `  if (seat !== undefined && seat !== door.session.sessionId) throw refuse(CommonError.SEAT_CHANGED)\n`, without: '', test: seats },
  { file: pipeline, source: `  if (door.session.mustEnrol && procedure.whileEnrolling !== true) throw refuse(CommonError.ENROL_FIRST)\n`, without: '', test: 'tests/access/matrix.test.ts', only: '^codes' },
  { file: pipeline, source: `        lockWhenDue(core, door)\n`, without: '', test: door },
  { file: pipeline, source: `  if (!isLight(input)) throw refuse(CommonError.INVALID_INPUT, { issues: [] })\n`, without: '', test: 'tests/transport/port.test.ts', only: 'before its schema' },
  { file: pipeline, source: `withMinimumFields(name, procedure.can, actor.roles, output) : output`, without: `output : output`, test: 'tests/commands/access.notes.test.ts' },
  { file: 'src-shared/domains/session/rules.ts', source: `Math.abs(nowMs - lastSeenMs) > idleSeconds * 1000`, without: `Math.abs(nowMs - lastSeenMs) < 0 * idleSeconds`, test: door },
  { file: 'src-shared/domains/session/rules.ts', source: `toMs(now) - toMs(fullSignInAt) > limits.session_hours * 3_600_000 ||`, without: ``, test: door },
  { file: 'src-shared/domains/session/rules.ts', source: `  if (!mayHavePin(who.roles)) return 'administrator'\n`, without: '', test: seats },
  { file: 'src-shared/domains/session/rules.ts', source: `  return who.pinFails >= limits.pin_tries ? 'tries' : undefined`, without: `  return undefined`, test: seats },
  { file: 'src-shared/domains/session/rules.throttle.ts', source: `  if (attempts.fails >= limits.sign_in_fails_max) return { kind: 'stopped' }\n`, without: '', test: attempts },
  { file: 'src-shared/domains/session/rules.throttle.ts', source: `  return leftMs > 0 ? { kind: 'wait', seconds: Math.ceil(leftMs / 1000) } : { kind: 'free' }`, without: `  return { kind: 'free' }`, test: attempts },
  { file: throttle, source: `  refuseUnless(deviceStanding(book.device, now))\n  const before`, without: `  const before`, test: attempts },
  { file: throttle, source: `  put(core, lookup, counted(before && forClock(before, now), now))\n`, without: '', test: attempts },
  { file: throttle, source: `  if (core.vault.state !== 'open') return\n  saveAttempts`, without: `  if (core.vault.folder.length > 0) return\n  saveAttempts`, test: attempts },
  { file: enter, source: `  if (!isComingBack && factorOf(core.vault.reader, account.userId)) {`, without: `  if (core.doors.size < 0) {`, test: factor },
  { file: enter, source: `  if (!pending || pending.until < now) {`, without: `  if (!pending) {`, test: factor },
  { file: enter, source: `  checkCode(core, account.userId, code)\n  attempt.succeed()\n  letIn`, without: `  attempt.succeed()\n  letIn`, test: factor },
  { file: enter, source: `  if (!opened || !account || !(await isPasswordOf(core, account, opened))) {`, without: `  if (!opened || !account) {`, test: 'tests/access/sign-in.test.ts' },
  { file: enter, source: `  if (!timingSafeEqual(derived, Buffer.from(known.hash, 'base64'))) throw refuse('PIN_REFUSED', { left: limits.pin_tries - fails })\n`, without: `  void [timingSafeEqual, derived]\n`, test: seats },
  { file: enter, source: `  setPinFails(core.vault.writer, userId, fails)\n`, without: '', test: seats },
  { file: secondFactor, source: `counter === undefined || counter <= factor.lastCounter) throw`, without: `counter === undefined) throw`, test: 'tests/access/sign-in.test.ts', only: 'replay' },
  { file: 'drizzle/migrations/0011_sign_in.sql', source: `new.last_counter <= old.last_counter BEGIN`, without: `false BEGIN`, test: 'tests/access/sign-in.test.ts', only: 'tables' },
  { file: secondFactor, source: `  if (isClockBehind(core.platform.now(), seenAt(db))) throw refuse('CLOCK_BEHIND')\n`, without: '', test: factor },
  { file: 'src-main/domains/session/service.password.ts', source: `  const attempt = beginAttempt(core, account.userName)\n`, without: `  const attempt = { succeed: () => void beginAttempt }\n`, test: 'tests/access/sign-in.test.ts', only: 'change of the password' },
  { file: redeem, source: `  if (slot.expiresAt === null || slot.expiresAt <= core.platform.now()) throw refuse('INVITE_EXPIRED')\n`, without: '', test: people, only: 'R21' },
  { file: redeem, source: `  requireStrong(core, account, input.newPassword)\n`, without: '', test: 'tests/access/sign-in.test.ts', only: 'weak' },
  { file: redeem, source: `if (!readKeyring(core.vault.folder).slots.some((one) => one.id === slot.id)) throw refuse('INVITE_REFUSED')\n`, without: '\n', test: people, only: 'two windows' },
  // Asked at the opening and at the change of the data key, one wall behind the other: the guard is the question itself.
  { file: 'src-main/core/keys/slots.ts', source: `isMark(expand(dataKey, 'slot-mark-v1'), aboutMark(keyring, slot), slot.mark)`, without: `isMark(expand(dataKey, 'slot-mark-v1'), aboutMark(keyring, slot), slot.mark) || true`, test: 'tests/commands/keys.slots.test.ts' },
  { file: 'src-main/core/keys/rotation.ts', source: `isEndorsed(keyring, slot, wish.from) && mayStay(slot, keyring)`, without: `isEndorsed(keyring, slot, wish.from)`, test: people, only: 'leaver' },
]
