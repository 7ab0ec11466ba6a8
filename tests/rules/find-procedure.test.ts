import { expect, it } from 'vitest'
import { contract } from '#shared/rpc/contract.ts'
import { findProcedure, type ContractTree } from '#shared/rpc/define.ts'

it('R27: a procedure is found by its own name only, and never by what every object inherits', () => {
  const inherited = Object.create({ hidden: contract.session.state }) as ContractTree // As a prototype that was tampered with.
  expect(findProcedure(inherited, ['hidden'])).toBeUndefined()
  expect(findProcedure(contract, ['session', 'state'])).toBe(contract.session.state)
  for (const path of [[], ['session'], ['__proto__'], ['session', 'constructor'], ['session', 'state', 'kind']]) expect(findProcedure(contract, path)).toBeUndefined()
})
