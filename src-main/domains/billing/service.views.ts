import { can } from '#shared/access/permissions.ts'
import type { BilledPatient, InvoiceSummary } from '#shared/domains/billing/model.views.ts'
import { stateOf } from '#shared/domains/billing/rules.ledger.ts'
import { dateInZone, type PlainDate } from '#shared/kernel/time.ts'
import { assert } from '#shared/kernel/assert.ts'
import type { Id } from '#shared/kernel/ids.ts'
import type { OpenedFile } from '#main/core/access/opened.ts'
import type { ReadContext } from '#main/core/rpc/context.ts'
import { responsibleFor } from '#main/domains/patients/service.family.ts'
import { billedGuarantor, billedPatient } from './repository.visit.ts'
import type { Bill } from './repository.lists.ts'

type Asking = Pick<ReadContext, 'now' | 'zone' | 'actor'>

export const todayOf = ({ now, zone }: Asking): PlainDate => dateInZone(now, zone)

/** A diagnosis is a clinical fact: those who code and bill see it, the desk that takes the money does not need it. */
export const seesDiagnoses = ({ actor }: Asking): boolean => can(actor, 'charge.write')

/** `today` is worked out once for a list: reading a wall calendar costs more than reading the bill. */
export function summaryOf(bill: Bill, today: PlainDate): InvoiceSummary {
  const { id, number, issuedAt, dueOn } = bill.invoice
  return { id, number, issuedAt, dueOn, chargesCents: bill.chargesCents, dueCents: bill.dueCents, state: stateOf(bill.invoice, bill, today) }
}

/** Who answers for the bill and where it goes: the party that was named, else a minor's guardian, else the patient. Where the patient has named another address, everything goes there (45 CFR 164.522(b)). */
export function billedTo(context: ReadContext, file: OpenedFile, today: PlainDate): { patient: BilledPatient; responsibleId: Id | null } {
  const found = billedPatient(context.db, file, today)
  assert(found, 'an opened file has a patient')
  const { confidentialAddress, ...patient } = found
  const guarantor = responsibleFor(context, file)
  const named = guarantor && billedGuarantor(context.db, guarantor)
  const to = named ? { ...patient, addressLines: named.addressLines, responsible: { name: named.name, isPatient: false } } : patient
  return { patient: { ...to, addressLines: confidentialAddress === null ? to.addressLines : [confidentialAddress] }, responsibleId: guarantor?.patient?.id ?? null }
}
