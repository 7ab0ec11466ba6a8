import { clinic } from '../domains/clinic/contract.ts'
import { scheduling } from '../domains/scheduling/contract.ts'
import { session } from '../domains/session/contract.ts'

/** Every capability of Cairn, one line a domain. */
export const contract = {
  clinic,
  scheduling,
  session,
}
