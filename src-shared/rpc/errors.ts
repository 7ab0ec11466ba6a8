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
  SIGNED_OUT: 'SIGNED_OUT',
  LOCKED: 'LOCKED',
  FORBIDDEN: 'FORBIDDEN',
  /** The person may do this, after proving once more who they are (`session.prove`). */
  REAUTH: 'REAUTH',
  /** The chart is another care team's. `{patientId}`: whoever must see it now may break the glass. */
  NOT_ON_CARE_TEAM: 'NOT_ON_CARE_TEAM',
  /** Nobody writes in their own chart. */
  OWN_CHART: 'OWN_CHART',
  CLOSED: 'CLOSED',
  DISK_FULL: 'DISK_FULL',
  DATABASE_DAMAGED: 'DATABASE_DAMAGED',
  UNKNOWN_PROCEDURE: 'UNKNOWN_PROCEDURE',
  INTERNAL: 'INTERNAL',
} as const
export type CommonError = keyof typeof CommonError

/** INVALID_INPUT carries a list of these: paths into the input. */
export interface FieldIssue {
  path: (string | number)[]
  message: string
}
