import { expect, it } from 'vitest'
import { contract } from '#shared/rpc/contract.ts'
import { listProcedures } from '#shared/rpc/define.ts'
import { actionWords } from '#renderer/domains/audit/view.ts'

const readOut = (action: string): string => action.replace(/[.-]/g, ' ')

it('every event that a command or query is logged as has words of its own in the activity log, also when it was refused', () => {
  const events = listProcedures(contract).flatMap(({ path, procedure }) => (procedure.audit ? [{ path, event: procedure.audit }] : []))
  expect(events.filter(({ event }) => actionWords(event).toLowerCase() === readOut(event)).map(({ event }) => event)).toEqual([])
  expect(actionWords('encounters.openChart')).toBe('Opened the chart (tried)')
  expect(events.map(({ path }) => actionWords(path)).filter((words) => /^(access|encounters|patients|billing|scheduling) /i.test(words))).toEqual([])
})
