import { useActor, useToday } from '#renderer/app/actor.tsx'
import { useRouteParam } from '#renderer/app/navigation.ts'
import { PrintPreview } from '#renderer/app/print/PrintPreview.tsx'
import { code128Bars } from '#shared/domains/patients/rules.barcode.ts'
import type { Patient } from '#shared/domains/patients/model.ts'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ageSex, bannerName, born, mrn } from '#renderer/ui/format.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import styles from './Label.module.css'

/** The patient's label, for a sample, a form or a wrist band: 62 by 29 mm. */
export function LabelPrintPage() {
  const patientId = useRouteParam('patientId')
  const { clinic } = useActor()
  const file = useApiQuery('patients.get', { id: patientId })
  if (!file.data) return <QueryState query={file} what="The patient" />
  const { patient } = file.data
  return <PrintPreview paper="Label" documents={[]} pages={<PatientLabel patient={patient} clinicName={clinic.name} />} fileName={patient.mrn > 0 ? `Label ${patient.mrn}` : 'Label'} />
}

export function PatientLabel({ patient, clinicName }: { patient: Patient; clinicName: string }) {
  const today = useToday()
  return (
    <article className={styles['label']} aria-label="Label">
      <strong>{bannerName(patient)}</strong>
      <span>{born(patient.birthDate)} · {ageSex(patient.birthDate, patient.sex, today)}</span>
      <Barcode mrnNumber={patient.mrn} />
      <span className={styles['foot']}>
        <span className="code">MRN {mrn(patient.mrn)}</span>
        <span className={styles['clinic']}>{clinicName}</span>
      </span>
    </article>
  )
}

/** A number that the host has not given yet must not be scanned: it will be another one. */
function Barcode({ mrnNumber }: { mrnNumber: number }) {
  const code = mrnNumber > 0 ? code128Bars(String(mrnNumber)) : undefined
  if (!code) return <span className={styles['noCode']}>No barcode before the clinic has given the number</span>
  return (
    <svg className={styles['code']} viewBox={`0 0 ${code.width} 20`} preserveAspectRatio="none" role="img" aria-label={`Barcode ${mrnNumber}`} shapeRendering="crispEdges">
      <path d={code.bars.map(({ x, width }) => `M${x} 0h${width}v20h-${width}z`).join('')} fill="currentColor" />
    </svg>
  )
}
