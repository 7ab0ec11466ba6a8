import { assert } from '#shared/kernel/assert.ts'
import type { contract } from '#shared/rpc/contract.ts'
import { accessProcedures } from '#main/domains/access/procedures.ts'
import { approvalsProcedures } from '#main/domains/approvals/procedures.ts'
import { auditProcedures } from '#main/domains/audit/procedures.ts'
import { billingProcedures } from '#main/domains/billing/procedures.ts'
import { callsProcedures } from '#main/domains/calls/procedures.ts'
import { clinicProcedures } from '#main/domains/clinic/procedures.ts'
import { codesProcedures } from '#main/domains/codes/procedures.ts'
import { consentsProcedures } from '#main/domains/consents/procedures.ts'
import { devicesProcedures } from '#main/domains/devices/procedures.ts'
import { encountersProcedures } from '#main/domains/encounters/procedures.ts'
import { flowProcedures } from '#main/domains/flow/procedures.ts'
import { inventoryProcedures } from '#main/domains/inventory/procedures.ts'
import { medicationsProcedures } from '#main/domains/medications/procedures.ts'
import { migrationProcedures } from '#main/domains/migration/procedures.ts'
import { networkProcedures } from '#main/domains/network/procedures.ts'
import { patientsProcedures } from '#main/domains/patients/procedures.ts'
import { roomsProcedures } from '#main/domains/rooms/procedures.ts'
import { schedulingProcedures } from '#main/domains/scheduling/procedures.ts'
import { sessionProcedures } from '#main/domains/session/procedures.ts'
import { staffProcedures } from '#main/domains/staff/procedures.ts'
import { tasksProcedures } from '#main/domains/tasks/procedures.ts'
import type { Handlers } from './context.ts'

/** What answers each procedure of the contract, one line a domain; a domain without handlers does not compile. */
const handlers: Handlers<typeof contract> = {
  access: accessProcedures,
  approvals: approvalsProcedures,
  audit: auditProcedures,
  billing: billingProcedures,
  calls: callsProcedures,
  clinic: clinicProcedures,
  codes: codesProcedures,
  consents: consentsProcedures,
  devices: devicesProcedures,
  encounters: encountersProcedures,
  flow: flowProcedures,
  inventory: inventoryProcedures,
  medications: medicationsProcedures,
  migration: migrationProcedures,
  network: networkProcedures,
  patients: patientsProcedures,
  rooms: roomsProcedures,
  scheduling: schedulingProcedures,
  session: sessionProcedures,
  staff: staffProcedures,
  tasks: tasksProcedures,
}

type AnyHandler = (context: never, input: never) => unknown
type Tree = { readonly [name: string]: AnyHandler | Tree }

export function handlerOf(path: readonly string[]): AnyHandler {
  let node: AnyHandler | Tree | undefined = handlers
  for (const name of path) node = typeof node === 'object' && Object.hasOwn(node, name) ? node[name] : undefined
  assert(typeof node === 'function', 'every procedure of the contract has a handler')
  return node
}
