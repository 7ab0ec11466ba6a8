import type { JoinStep } from '#shared/domains/network/model.ts'
import { refuse } from '#shared/rpc/errors.ts'
import type { StreamContext } from '#main/core/rpc/context.ts'

/** Stands in until the copies are merged. */
// eslint-disable-next-line require-yield
export async function* join(_context: StreamContext, _input: unknown): AsyncGenerator<JoinStep> {
  await Promise.reject(refuse('HOST_UNREACHABLE'))
}
