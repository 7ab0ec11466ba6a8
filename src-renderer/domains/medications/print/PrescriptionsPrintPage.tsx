import { useMemo, useState } from 'react'
import type { PrintedPrescription } from '#shared/domains/medications/model.views.ts'
import { prescriptionNumber } from '#shared/domains/medications/rules.ts'
import { useActor, useNow } from '#renderer/app/actor.tsx'
import { useCarried, useGo, useRouteParam } from '#renderer/app/navigation.ts'
import { usePending } from '#renderer/app/network/state.ts'
import { paths } from '#renderer/app/paths.ts'
import { PrintPreview } from '#renderer/app/print/PrintPreview.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { prescriptionPage } from './prescription-pages.tsx'

/** Those that were just signed, or what was signed for this patient and never printed. */
export function PrescriptionsPrintPage() {
  const go = useGo()
  const patientId = useRouteParam('patientId')
  const { ids = '' } = useCarried()
  const query = useApiQuery('medications.pages', { patientId, ids: ids.split(',').filter(Boolean) })
  // A print counts at once; the sheet that is being printed must not become its own copy.
  const [shown, setShown] = useState<readonly PrintedPrescription[]>()
  if (query.data && !shown) setShown(query.data)
  if (!shown) return <QueryState query={query} what="The prescription" />
  if (shown.length === 0) return <EmptyState title="Nothing to print" action={<ActionButton variant="filled" onClick={() => go(paths.prescriptions(patientId))}>Prescriptions</ActionButton>}>Everything that was signed has been printed, or was cancelled.</EmptyState>
  return <Preview pages={shown} />
}

function Preview({ pages }: { pages: readonly PrintedPrescription[] }) {
  const { clinic, name } = useActor()
  const [now] = useState(useNow())
  const isPending = usePending()
  const record = useCommand('medications.recordPrint')
  const documents = useMemo(
    () => pages.map((page) => prescriptionPage({ page, isUnconfirmed: isPending('medication_requests', page.prescription.id), clinic, by: name, now })),
    [pages, isPending, clinic, name, now],
  )
  const recordAll = (medium: 'paper' | 'pdf') => {
    for (const { prescription } of pages) void record.run({ id: newId(), requestId: prescription.id, medium }).catch(() => undefined)
  }
  return <PrintPreview documents={documents} fileName={pages.map(({ prescription }) => prescriptionNumber(prescription.id)).slice(0, 3).join('-')} onPrinted={recordAll} />
}
