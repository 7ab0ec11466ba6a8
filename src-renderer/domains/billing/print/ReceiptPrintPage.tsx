import { useMemo } from 'react'
import type { ReceiptDocument } from '#shared/domains/billing/model.views.ts'
import { useActor, useNow } from '#renderer/app/actor.tsx'
import { useRouteParam } from '#renderer/app/navigation.ts'
import { usePending } from '#renderer/app/network/state.ts'
import { PrintPreview } from '#renderer/app/print/PrintPreview.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { receipt } from '#renderer/ui/format.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import { receiptPages } from './receipt-pages.tsx'

export function ReceiptPrintPage() {
  const paymentId = useRouteParam('paymentId')
  const query = useApiQuery('billing.receipt', { paymentId })
  if (!query.data) return <QueryState query={query} what="The receipt" />
  return <Preview document={query.data} />
}

function Preview({ document }: { document: ReceiptDocument }) {
  const { clinic, name } = useActor()
  const now = useNow()
  const record = useCommand('billing.recordPrint')
  const { id, receiptNumber } = document.payment
  const isUnsent = usePending()('payments', id)
  const page = useMemo(() => receiptPages({ document, isUnsent, clinic, by: name, now }), [document, isUnsent, clinic, name, now])
  return <PrintPreview documents={[page]} fileName={receipt(receiptNumber)} onPrinted={(medium) => void record.run({ id: newId(), document: 'receipt', documentId: id, medium }).catch(() => undefined)} />
}
