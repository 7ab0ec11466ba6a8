import type { contract } from './contract.ts'
import type { CallOptions, ClientOf } from './define.ts'

export type CairnClient = ClientOf<typeof contract>
export type CallFunction = (path: readonly string[], input: unknown, options?: CallOptions) => Promise<unknown>

/** `client.scheduling.book(input)` over any transport that can carry (path, input). */
export function makeClient(call: CallFunction): CairnClient {
  return node(call, []) as CairnClient // The proxy answers to exactly the contract's paths; the server refuses any other.
}

function node(call: CallFunction, path: readonly string[]): unknown {
  return new Proxy(() => {}, {
    get: (_target, name) => (typeof name === 'string' && name !== 'then' ? node(call, [...path, name]) : undefined),
    apply: (_target, _self, [input, options]: [unknown, CallOptions | undefined]) => call(path, input, options),
  })
}
