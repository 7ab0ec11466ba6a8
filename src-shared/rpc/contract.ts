import { access } from '../domains/access/contract.ts'
import { approvals } from '../domains/approvals/contract.ts'
import { audit } from '../domains/audit/contract.ts'
import { billing } from '../domains/billing/contract.ts'
import { calls } from '../domains/calls/contract.ts'
import { clinic } from '../domains/clinic/contract.ts'
import { codes } from '../domains/codes/contract.ts'
import { consents } from '../domains/consents/contract.ts'
import { devices } from '../domains/devices/contract.ts'
import { encounters } from '../domains/encounters/contract.ts'
import { flow } from '../domains/flow/contract.ts'
import { inventory } from '../domains/inventory/contract.ts'
import { medications } from '../domains/medications/contract.ts'
import { migration } from '../domains/migration/contract.ts'
import { network } from '../domains/network/contract.ts'
import { patients } from '../domains/patients/contract.ts'
import { rooms } from '../domains/rooms/contract.ts'
import { scheduling } from '../domains/scheduling/contract.ts'
import { session } from '../domains/session/contract.ts'
import { staff } from '../domains/staff/contract.ts'
import { tasks } from '../domains/tasks/contract.ts'

/** Every capability of Cairn, one line a domain. */
export const contract = {
  access,
  approvals,
  audit,
  billing,
  calls,
  clinic,
  codes,
  consents,
  devices,
  encounters,
  flow,
  inventory,
  medications,
  migration,
  network,
  patients,
  rooms,
  scheduling,
  session,
  staff,
  tasks,
}
