import type { billing } from '#shared/domains/billing/contract.ts'
import type { Handlers } from '#main/core/rpc/context.ts'
import * as drawer from './service.drawer.ts'
import * as family from './service.family.ts'
import * as fees from './service.missed-fees.ts'
import * as invoices from './service.invoices.ts'
import * as lists from './service.lists.ts'
import * as payments from './service.payments.ts'
import * as service from './service.ts'

// A visit that is missed, or was not after all, has its fee in the same transaction.
fees.followSchedule()

export const billingProcedures: Handlers<typeof billing> = {
  listFees: (context) => service.listFees(context),
  saveFee: (context, input) => service.saveFee(context, input),
  addStarterFees: (context) => service.addStarterFees(context),
  proposeCharges: (context, input) => service.proposeCharges(context, input.encounterId),
  chargesOfEncounter: (context, input) => service.chargesOfEncounter(context, input.encounterId),
  signAndCharge: (context, input) => service.signAndCharge(context, input),
  addCharge: (context, input) => service.addCharge(context, input),
  removeCharge: (context, input) => service.removeCharge(context, input.id),
  visit: (context, input) => service.visitToBill(context, input.encounterId),
  createInvoice: (context, input) => invoices.createInvoice(context, input),
  voidInvoice: (context, input) => invoices.voidInvoice(context, input),
  discount: (context, input) => invoices.discount(context, input),
  takePayment: (context, input) => payments.takePayment(context, input),
  takeFamilyPayment: (context, input) => family.takeFamilyPayment(context, input),
  familyAccount: (context, input) => family.familyAccount(context, input.patientId),
  applyCredit: (context, input) => invoices.applyCredit(context, input),
  refund: (context, input) => payments.refund(context, input),
  invoice: (context, input) => invoices.invoiceDocument(context, input.id),
  receipt: (context, input) => payments.receipt(context, input.paymentId),
  account: (context, input) => payments.account(context, input),
  workList: (context, input) => lists.workList(context, input),
  waitingCount: (context) => lists.waitingCount(context),
  checkout: (context, input) => lists.checkout(context, input.date),
  dayTotals: (context, input) => lists.dayTotals(context, input),
  missedFees: (context, input) => fees.listFees(context, input.patientId),
  waiveMissedFee: (context, input) => fees.waive(context, input),
  recordPrint: (context, input) => invoices.recordPrint(context, input),
  openDrawer: (context) => drawer.openDrawer(context),
  closeDrawer: (context, input) => drawer.closeDrawer(context, input),
  listDrawerCloses: (context, input) => drawer.listCloses(context, input.before),
  drawerClose: (context, input) => drawer.closeById(context, input.id),
}
