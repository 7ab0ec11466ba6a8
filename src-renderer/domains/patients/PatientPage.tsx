import { Suspense, useState } from 'react'
import type { PatientFile } from '#shared/domains/patients/model.ts'
import { useMay } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useCarried, useCurrentPath, useGo, useRouteParam } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { useContributions } from '#renderer/app/places.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { inactiveWords } from '#renderer/ui/contact-words.ts'
import { IconCalendarPlus, IconPrinter } from '#renderer/ui/icons.ts'
import { PatientBanner } from '#renderer/ui/PatientBanner.tsx'
import { QueryState } from '#renderer/ui/states.tsx'
import { AccessCard } from './AccessCard.tsx'
import { AppointmentsCard } from './AppointmentsCard.tsx'
import { ContactsCard } from './ContactsCard.tsx'
import { CoverageCard } from './CoverageCard.tsx'
import { DocumentsCard } from './DocumentsCard.tsx'
import { EditFacts } from './EditFacts.tsx'
import { FamilyCard } from './FamilyCard.tsx'
import { FactsCard } from './FactsCard.tsx'
import { HistoryCard } from './HistoryCard.tsx'
import styles from './Patient.module.css'
import { MergesCard } from './MergesCard.tsx'
import { ReachCard } from './ReachCard.tsx'
import { StandingCard } from './StandingCard.tsx'
import { PhotoCard } from './PhotoCard.tsx'
import { usePatientFile } from './usePatientFile.ts'

/** What the clinic knows about a person outside the chart: who, where, who pays, whom to call, and what changed. */
export function PatientPage() {
  const patientId = useRouteParam('patientId')
  const go = useGo()
  const mayBook = useMay('appointment.write')
  const { file, photo } = usePatientFile(patientId)
  const book = () => go(paths.day(), { book: patientId })
  const mayDetails = useMay('patient.details')
  const label = () => go(paths.print('label', patientId))
  useKeys(mayDetails ? [{ id: 'patient.label', keys: 'L', label: 'Print label', where: 'Patient', run: label }] : [])
  const patient = file.data?.patient
  useKeys(mayBook && patient?.deceasedOn === null ? [{ id: 'patient.book', keys: 'B', label: 'Book appointment', where: 'Patient', run: book }] : [])
  return (
    <Screen
      title="Patient"
      banner={patient && (
        <PatientBanner
          patient={{ ...patient, photo, deceasedOn: patient.deceasedOn ?? undefined }}
          warning={patient.inactiveReason && `Inactive: ${inactiveWords[patient.inactiveReason].toLowerCase()}`}
          action={
            <>
              {mayDetails && <ActionButton keyId="patient.label" icon={<IconPrinter size={16} stroke={1.7} />} onClick={label}>Label</ActionButton>}
              {mayBook && patient.deceasedOn === null && (
                <ActionButton variant="filled" keyId="patient.book" icon={<IconCalendarPlus size={16} stroke={1.7} />} onClick={book}>
                  Book
                </ActionButton>
              )}
            </>
          }
        />
      )}
    >
      <QueryState query={file} what="The patient" />
      {file.data && <Cards key={patientId} file={file.data} photo={photo} />}
    </Screen>
  )
}

function Cards({ file, photo }: { file: PatientFile; photo: string | undefined }) {
  const { patient } = file
  const path = useCurrentPath()
  const carried = useCarried()
  const contributions = useContributions()
  const mayWrite = useMay('patient.write')
  const mayDetails = useMay('patient.details')
  const mayHistory = useMay('patient.history')
  const mayMerge = useMay('patient.merge')
  const mayRestrict = useMay('patient.restrict')
  const mayAppointments = useMay('appointment.read')
  const [isEditing, setEditing] = useState(mayWrite && path === paths.editPatient(patient.id))
  useKeys(mayWrite ? [{ id: 'patient.edit', keys: 'E', label: 'Edit', where: 'Patient', run: () => setEditing(true), when: () => !isEditing }] : [])
  return (
    <div className={styles['cards']}>
      <div className={styles['column']}>
        {isEditing ? <EditFacts patient={patient} proposed={carried} onDone={() => setEditing(false)} /> : <FactsCard patient={patient} onEdit={mayWrite ? () => setEditing(true) : undefined} />}
        {mayDetails && <ReachCard patient={patient} />}
        {mayDetails && <StandingCard patient={patient} />}
        {mayHistory && <HistoryCard patientId={patient.id} />}
      </div>
      <div className={styles['column']}>
        {mayAppointments && <AppointmentsCard patientId={patient.id} />}
        {mayDetails && <CoverageCard patientId={patient.id} coverages={file.coverages} />}
        {mayDetails && <FamilyCard patient={patient} />}
        {mayDetails && <ContactsCard patientId={patient.id} contacts={file.contacts} />}
        {mayDetails && <DocumentsCard patientId={patient.id} />}
        {mayDetails && <Suspense fallback={null}>{contributions.map(({ domain, PatientCard }) => PatientCard && <PatientCard key={domain} patientId={patient.id} />)}</Suspense>}
        {mayMerge && <MergesCard patientId={patient.id} />}
        {mayRestrict && <AccessCard patientId={patient.id} />}
        {mayWrite && <PhotoCard patientId={patient.id} photo={photo} />}
      </div>
    </div>
  )
}
