import { useMemo } from 'react'
import type { ConsentDocument } from '#shared/domains/consents/model.ts'
import type { Patient } from '#shared/domains/patients/model.ts'
import { useActor, useNow } from '#renderer/app/actor.tsx'
import { useRouteParam } from '#renderer/app/navigation.ts'
import { PrintPreview } from '#renderer/app/print/PrintPreview.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import { consentPages } from './consent-pages.tsx'

export function ConsentPrintPage() {
  const consentId = useRouteParam('consentId')
  const query = useApiQuery('consents.get', { id: consentId })
  if (!query.data) return <QueryState query={query} what="The consent" />
  return <OfPatient document={query.data} />
}

function OfPatient({ document }: { document: ConsentDocument }) {
  const file = useApiQuery('patients.get', { id: document.consent.patientId })
  if (!file.data) return <QueryState query={file} what="The patient" />
  return <Preview document={document} patient={file.data.patient} />
}

function Preview({ document, patient }: { document: ConsentDocument; patient: Patient }) {
  const { clinic, name } = useActor()
  const now = useNow()
  const page = useMemo(() => consentPages({ document, patient, clinic, by: name, now }), [document, patient, clinic, name, now])
  return <PrintPreview documents={[page]} fileName={`Consent ${patient.mrn > 0 ? patient.mrn : ''}`.trim()} />
}
