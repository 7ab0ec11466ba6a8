import { ORPCError, os } from '@orpc/server'
import { contract } from '#shared/rpc/contract.ts'
import { isProcedure, type ContractTree } from '#shared/rpc/define.ts'
import { CommonError, Refusal } from '#shared/rpc/errors.ts'
import type { Core } from '../core.ts'
import type { Door } from './context.ts'

const base = os.$context<{ door: Door }>()

/** The whole contract as an oRPC router: each procedure hands over to the pipeline, which parses and decides. */
export function orpcRouter(core: Core) {
  return branch(core, contract, [])
}

type Router = { [name: string]: ReturnType<typeof leaf> | Router }

function branch(core: Core, tree: ContractTree, path: readonly string[]): Router {
  return Object.fromEntries(
    Object.entries(tree).map(([name, node]) => [name, isProcedure(node) ? leaf(core, [...path, name]) : branch(core, node, [...path, name])]),
  )
}

function leaf(core: Core, path: readonly string[]) {
  return base.handler(async ({ input, context, signal }) => {
    try {
      const output = await core.pipeline.call(context.door, { path, input, ...(signal ? { signal } : {}) })
      return isStream(output) ? withCodes(output) : output
    } catch (error) {
      throw codeOf(error)
    }
  })
}

/** A stream's refusal comes when its pieces are read, and keeps its code like any other. */
async function* withCodes(pieces: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  try {
    yield* pieces
  } catch (error) {
    throw codeOf(error)
  }
}

function codeOf(error: unknown): ORPCError<string, unknown> {
  const { code, data } = error instanceof Refusal ? error : new Refusal(CommonError.INTERNAL)
  return new ORPCError(code, { data, message: code, status: 400 })
}

const isStream = (value: unknown): value is AsyncIterable<unknown> => typeof value === 'object' && value !== null && Symbol.asyncIterator in value
