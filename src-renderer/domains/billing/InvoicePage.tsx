import { useRouteParam } from '#renderer/app/navigation.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { InvoiceDetail } from './InvoiceDetail.tsx'

export function InvoicePage() {
  const invoiceId = useRouteParam('invoiceId')
  return (
    <Screen title="Invoice" body="fill">
      <InvoiceDetail invoiceId={invoiceId} />
    </Screen>
  )
}
