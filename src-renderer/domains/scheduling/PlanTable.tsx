import type { PlanOutdated } from '#shared/domains/scheduling/contract.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { listName, nearDate, phone, time } from '#renderer/ui/format.ts'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { causeWords, LEFT, placeWords, WAIT_LIST, whyWords, type PlanRow, type Words } from './view.absence.ts'
import styles from './Absence.module.css'

interface PlanTableProps {
  rows: readonly PlanRow[]
  causes: PlanOutdated['rows']
  words: Words
  activeId: string | undefined
  onActive: (id: string) => void
  onNext: (row: PlanRow) => void
}

/** Each patient with the old time, the new one and why it is this one. Enter goes to the next choice. */
export function PlanTable({ rows, causes, words, activeId, onActive, onNext }: PlanTableProps) {
  const { zone, today } = words
  const hasDays = new Set(rows.map(({ row }) => dateInZone(row.appointment.startsAt, zone))).size > 1
  const when = (instant: string): string => (hasDays ? `${nearDate(dateInZone(instant, zone), today)} ${time(instant, zone)}` : time(instant, zone))
  return (
    <DataTable
      label="Patients to place" rows={rows} tall activeId={activeId} onActiveChange={(row) => onActive(row.id)} onOpen={onNext}
      columns={[
        { accessor: 'time', title: 'Was at', width: hasDays ? 150 : 90, render: ({ row }) => when(row.appointment.startsAt) },
        {
          accessor: 'patient', title: 'Patient',
          render: ({ row: { appointment, isUrgent } }) => (
            <span className={styles['two']}>
              <span><strong>{listName(appointment.patient)}</strong> {isUrgent && <Tag tone="bad">Urgent</Tag>}</span>
              <span>{[appointment.typeName ?? appointment.reason, appointment.patient.phone ? phone(appointment.patient.phone) : 'no phone'].filter(Boolean).join(' · ')}</span>
            </span>
          ),
        },
        {
          accessor: 'place', title: 'Becomes', width: '44%',
          render: (one) => {
            const cause = causes.find((row) => row.id === one.id)?.cause
            return (
              <span className={styles['two']} data-bad={one.isClashing || cause ? true : undefined}>
                <strong>{one.place ? placeWords(one.place, one.row.appointment.startsAt, words) : one.chosen === WAIT_LIST ? 'Wait list' : one.chosen === LEFT ? 'Left as it is' : ''}</strong>
                <span>{cause ? `Not done: ${causeWords[cause]}` : whyWords(one)}</span>
              </span>
            )
          },
        },
      ]}
    />
  )
}
