import type { Contribution } from '#renderer/app/contribution.ts'
import { paths } from '#renderer/app/paths.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { registerErrorTexts } from '#renderer/rpc/error-text.ts'
import { IconCash, IconCashRegister, IconChecklist, IconCreditCard, IconFileInvoice, IconReceipt2 } from '#renderer/ui/icons.ts'
import { RefundFacts, VoidFacts } from './ApprovalFacts.tsx'
import { errorTexts } from './words.ts'

registerErrorTexts(errorTexts)

const useWaitingCount = (): number | undefined => useApiQuery('billing.waitingCount', {}).data

export const billingContribution: Contribution = {
  domain: 'billing',
  routes: [
    { path: '/billing', may: 'charge.write', page: async () => (await import('./WorkListPage.tsx')).WorkListPage },
    { path: '/billing/checkout', may: 'payment.take', page: async () => (await import('./CheckoutPage.tsx')).CheckoutPage },
    { path: '/billing/payments', may: 'invoice.read', page: async () => (await import('./PaymentsPage.tsx')).PaymentsPage },
    { path: '/billing/drawer', may: 'invoice.read', page: async () => (await import('./DrawerPage.tsx')).DrawerPage },
    { path: '/billing/fees', may: 'fee.write', page: async () => (await import('./FeesPage.tsx')).FeesPage },
    { path: '/billing/patients/$patientId', may: 'invoice.read', page: async () => (await import('./AccountPage.tsx')).AccountPage },
    { path: '/billing/invoices/$invoiceId', may: 'invoice.read', page: async () => (await import('./InvoicePage.tsx')).InvoicePage },
    { path: '/print/invoice/$invoiceId', fullWindow: true, may: 'invoice.read', page: async () => (await import('./print/InvoicePrintPage.tsx')).InvoicePrintPage },
    { path: '/print/receipt/$paymentId', fullWindow: true, may: 'invoice.read', page: async () => (await import('./print/ReceiptPrintPage.tsx')).ReceiptPrintPage },
    { path: '/print/drawer/$closeId', fullWindow: true, may: 'invoice.read', page: async () => (await import('./print/DrawerPrintPage.tsx')).DrawerPrintPage },
  ],
  places: [
    { id: 'work-list', label: 'Work list', icon: IconChecklist, path: paths.workList(), may: 'charge.write', goKey: 'B', useCount: useWaitingCount },
    { id: 'checkout', label: 'Checkout', icon: IconReceipt2, path: paths.checkout(), may: 'payment.take', goKey: 'C' },
    { id: 'payments', label: 'Payments', icon: IconCreditCard, path: paths.payments(), may: 'invoice.read' },
    { id: 'drawer', label: 'Drawer', icon: IconCash, path: paths.drawer(), may: 'payment.take' },
    { id: 'fees', label: 'Fees', icon: IconCashRegister, path: paths.fees(), may: 'fee.write' },
  ],
  commands: [
    { id: 'billing.checkout', label: 'Checkout: who has something to pay', icon: IconReceipt2, may: 'payment.take', run: ({ go }) => go(paths.checkout()) },
    { id: 'billing.payments', label: 'Payments of a day', icon: IconCreditCard, may: 'invoice.read', run: ({ go }) => go(paths.payments()) },
    { id: 'billing.drawer', label: 'Drawer: count the cash, earlier closes', keys: 'Ctrl+Shift+D', global: true, icon: IconCash, may: 'invoice.read', run: ({ go }) => go(paths.drawer()) },
    { id: 'billing.fees', label: 'Fee schedule', icon: IconCashRegister, may: 'fee.write', run: ({ go }) => go(paths.fees()) },
  ],
  approvals: [
    { procedure: 'billing.voidInvoice', title: 'Void an invoice', Facts: VoidFacts },
    { procedure: 'billing.refund', title: 'Give money back', Facts: RefundFacts },
  ],
  patientActions: [
    { id: 'billing.pay', label: 'Take payment', letter: 'P', icon: IconCash, may: 'payment.take', run: (patientId, { go }) => go(paths.account(patientId), { act: 'pay' }) },
    { id: 'billing.account', label: 'Account', letter: 'A', icon: IconFileInvoice, may: 'invoice.read', run: (patientId, { go }) => go(paths.account(patientId)) },
  ],
}
