import { makeClient, type CairnClient } from '#shared/rpc/client.ts'
import type { Core } from '../core.ts'
import type { Door } from './context.ts'

/** The shortest door: tests, the command line and the core's own jobs. Answers are plain copies, as over any other door. */
export function inProcessClient(core: Core, door: Door): CairnClient {
  return makeClient(async (path, input, options) => {
    // Shared code cannot say AbortSignal; every caller has one.
    const output = await core.pipeline.call(door, {
      path, input, ...(options?.signal ? { signal: options.signal as AbortSignal } : {}), ...(options?.seat === undefined ? {} : { seat: options.seat }),
    })
    return isAsyncIterable(output) ? output : structuredClone(output)
  })
}

const isAsyncIterable = (value: unknown): boolean => typeof value === 'object' && value !== null && Symbol.asyncIterator in value
