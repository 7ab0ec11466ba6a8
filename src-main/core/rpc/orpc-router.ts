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
      return await core.pipeline.call(context.door, { path, input, ...(signal ? { signal } : {}) })
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(CommonError.INTERNAL)
      throw new ORPCError(refusal.code, { data: refusal.data, message: refusal.code, status: 400 })
    }
  })
}
