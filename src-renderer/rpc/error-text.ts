import { Refusal } from '#shared/rpc/errors.ts'

/** What happened, why, what next, for one code. The machine takes the blame, never the person. */
export type ErrorTexts = Readonly<Record<string, string | ((data: unknown) => string)>>

const common: ErrorTexts = {
  CONNECTION_LOST: 'Cairn is starting its records again. What you typed is safe; try again in a moment.',
  INVALID_INPUT: 'Something in the form could not be read. Look at the marked fields.',
  NOT_FOUND: 'This is not here any more. It may have been changed at another machine.',
  PATIENT_NOT_FOUND: 'This patient is not here any more. Find the patient again.',
  ID_USED: 'Not done: this had been sent before with something else in it. Look at what is there now and try again.',
  SIGNED_OUT: 'You are signed out. Sign in to go on.',
  LOCKED: 'This window is locked. Unlock it to go on.',
  FORBIDDEN: 'Your role does not include this. Ask an administrator if it should.',
  REAUTH: 'This needs your password once more. Type it, then go on.',
  SEAT_CHANGED: 'Another person has taken this window over meanwhile. Nothing was done in their name.',
  ENROL_FIRST: 'Set up your second factor first. Then everything is open to you.',
  NEEDS_SECOND_PERSON: 'This takes two people: ask somebody else who may approve it.',
  NOT_ON_CARE_TEAM: 'This chart belongs to another care team. Ask to be added, or open it in an emergency.',
  OWN_CHART: 'Nobody writes in their own chart. Ask a colleague to do it.',
  CLOSED: 'The records are not open yet. Sign in to open them.',
  DISK_FULL: 'The disk of this computer is full. Nothing was saved just now, and nothing saved before is lost. Free some space, then try again.',
  DATABASE_DAMAGED: 'The records on this computer cannot be read safely. Nothing was opened. Restore the last backup or call support.',
  STALE: 'Somebody changed this a moment ago. It is shown as it is now; look and try again.',
  TOO_MANY_CALLS: 'This window asked for more than Cairn can answer at once. Wait a second, then try again.',
  TOO_LARGE: 'This is more than can be saved at once. What you typed is still here; shorten it, then try again.',
  HOST_NEEDED: 'Not done: this needs the clinic’s host, which is not reachable now. Nothing is lost; do it again once the chip says In sync.',
  AT_HOST: 'Not done: this is done at the host machine only. Go there, or ask whoever sits at it.',
  NOT_ON_THIS_MACHINE: 'This machine holds no charts. Open it at a machine for clinical work.',
  LEASE_ENDED: 'This machine has not met the clinic’s host for two weeks, so its records are locked. Bring it into the clinic’s network; it opens again by itself, and nothing typed here is lost.',
  MACHINE_REVOKED: 'This machine was taken off the clinic’s list and opens no records any more. Ask an administrator; what had not been sent is kept, encrypted.',
  HOST_MOVED: 'Another machine is the clinic’s host now. Nothing was saved just now; try again when this machine says it is in step.',
  INTERNAL: 'Cairn could not do this. What you typed is still here; try again.',
}

const texts = new Map<string, string | ((data: unknown) => string)>(Object.entries(common))

/** Each domain brings the words for its own codes, from its words.ts. */
export function registerErrorTexts(more: ErrorTexts): void {
  for (const [code, text] of Object.entries(more)) texts.set(code, text)
}

/** The one translator from a failure to words. Never shows what the failure carried unless its words ask for it. */
export function errorText(error: unknown): string {
  if (!(error instanceof Refusal)) return String(common['INTERNAL'])
  const text = texts.get(error.code) ?? common['INTERNAL']
  return typeof text === 'function' ? text(error.data) : String(text)
}
