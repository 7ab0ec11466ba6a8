/** What must never be, is: the schedule has failed. */
export class Violation extends Error {
  override name = 'Violation'
  readonly invariant: string

  constructor(invariant: string, words: string) {
    super(`${invariant}: ${words}`)
    this.invariant = invariant
  }
}

export function hold(condition: boolean, invariant: string, words: () => string): asserts condition {
  if (!condition) throw new Violation(invariant, words())
}
