/** Stops a programmer's mistake where it happens. A user's mistake is a declared refusal (`#shared/rpc/errors.ts`), never this. */
export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new AssertionError(what)
}

/** For the `default` of an exhaustive switch: does not compile when a case is missing. */
export function unreachable(value: never): never {
  throw new AssertionError(`unreachable: ${typeof value}`)
}

export class AssertionError extends Error {
  override name = 'AssertionError'
}
