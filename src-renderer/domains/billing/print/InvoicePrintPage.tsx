import { useMemo } from 'react'
import type { InvoiceDocument } from '#shared/domains/billing/model.views.ts'
import { useActor, useNow } from '#renderer/app/actor.tsx'
import { useCarried, useRouteParam } from '#renderer/app/navigation.ts'
import { PrintPreview } from '#renderer/app/print/PrintPreview.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import { useUnsentReceipts } from '../useUnsentReceipts.ts'
import { invoicePages } from './invoice-pages.tsx'

export function InvoicePrintPage() {
  const id = useRouteParam('invoiceId')
  const query = useApiQuery('billing.invoice', { id })
  if (!query.data) return <QueryState query={query} what="The invoice" />
  return <Preview document={query.data} />
}

function Preview({ document }: { document: InvoiceDocument }) {
  const { clinic, name } = useActor()
  const { paymentId } = useCarried()
  const now = useNow()
  const record = useCommand('billing.recordPrint')
  const unsentReceipts = useUnsentReceipts(document.payments)
  const page = useMemo(() => invoicePages({ document, clinic, by: name, now, paidNow: paymentId, unsentReceipts }), [document, clinic, name, now, paymentId, unsentReceipts])
  const { id, number } = document.invoice
  return <PrintPreview documents={[page]} fileName={number} onPrinted={(medium) => void record.run({ id: newId(), document: 'invoice', documentId: id, medium }).catch(() => undefined)} />
}
