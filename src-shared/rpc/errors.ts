/**
 * A refusal is an expected failure: a code that the procedure's contract declares, with data that the screen
 * needs to help. It carries ids and times, never names or other patient data.
 */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: string
  readonly data: unknown
  constructor(code: string, data?: unknown) {
    super(code)
    this.code = code
    this.data = data
  }
}

export function refuse(code: string, data?: unknown): Refusal {
  return new Refusal(code, data)
}

/** Codes that any procedure may answer with, whatever its contract; the pipeline gives them. */
export const CommonError = {
  INVALID_INPUT: 'INVALID_INPUT',
  NOT_FOUND: 'NOT_FOUND',
  /** The id of this new row is somebody else's already: nothing is done twice and nothing is mistaken for it. */
  ID_USED: 'ID_USED',
  SIGNED_OUT: 'SIGNED_OUT',
  LOCKED: 'LOCKED',
  FORBIDDEN: 'FORBIDDEN',
  /** The person may do this, after proving once more who they are (`session.prove`). */
  REAUTH: 'REAUTH',
  /** The call was made for another person's work than the one at this window now. */
  SEAT_CHANGED: 'SEAT_CHANGED',
  /** A second factor has to be set up before anything else (R10). */
  ENROL_FIRST: 'ENROL_FIRST',
  /** The person may ask for this, and somebody else has to approve it (`approvals.request`). */
  NEEDS_SECOND_PERSON: 'NEEDS_SECOND_PERSON',
  /** The chart is another care team's. `{patientId}`: whoever must see it now may break the glass. */
  NOT_ON_CARE_TEAM: 'NOT_ON_CARE_TEAM',
  /** Nobody writes in their own chart. */
  OWN_CHART: 'OWN_CHART',
  CLOSED: 'CLOSED',
  DISK_FULL: 'DISK_FULL',
  DATABASE_DAMAGED: 'DATABASE_DAMAGED',
  UNKNOWN_PROCEDURE: 'UNKNOWN_PROCEDURE',
  /** This window asks faster than any screen does. */
  TOO_MANY_CALLS: 'TOO_MANY_CALLS',
  /** More in one call than any form can hold. */
  TOO_LARGE: 'TOO_LARGE',
  /** This is done at the clinic's host machine only. */
  AT_HOST: 'AT_HOST',
  /** It takes the host's word, and the host is out of reach. */
  HOST_NEEDED: 'HOST_NEEDED',
  /** This machine holds no charts. */
  NOT_ON_THIS_MACHINE: 'NOT_ON_THIS_MACHINE',
  /** This machine has not met the host for too long: its data is locked until it has. */
  LEASE_ENDED: 'LEASE_ENDED',
  /** This machine was taken off the clinic's list. */
  MACHINE_REVOKED: 'MACHINE_REVOKED',
  /** Another machine is the host now, or is just becoming it: nothing is taken here meanwhile. */
  HOST_MOVED: 'HOST_MOVED',
  INTERNAL: 'INTERNAL',
} as const
export type CommonError = keyof typeof CommonError

/** INVALID_INPUT carries a list of these: paths into the input. */
export interface FieldIssue {
  path: (string | number)[]
  message: string
}
