import type { ReactNode } from 'react'
import type { PatientFile } from '#shared/domains/patients/model.ts'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { time } from '#renderer/ui/format.ts'
import { IconAlertCircle, IconCircleCheckFilled, IconDoorEnter } from '#renderer/ui/icons.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import { AppointmentHead } from './AppointmentHead.tsx'
import { checkInStones, type Stone } from './view.check-in.ts'
import styles from './Panels.module.css'

interface CheckInPanelProps {
  one: DayAppointment
  provider: string
  onArrive: () => void
  onClose: () => void
}

/** What should be right before somebody sits down: green is there, amber is open, and amber never stops care. */
export function CheckInPanel(props: CheckInPanelProps) {
  return (
    <SidePanel
      title="Check in"
      icon={IconDoorEnter}
      onClose={props.onClose}
      width={468}
      footer={
        <ActionButton variant="filled" keyId="check-in.arrive" onClick={props.onArrive}>
          Arrive
        </ActionButton>
      }
    >
      <CheckIn {...props} />
    </SidePanel>
  )
}

function CheckIn({ one, provider, onArrive }: CheckInPanelProps) {
  const zone = useZone()
  const today = useToday()
  const go = useGo()
  const file = useApiQuery('patients.get', { id: one.patientId })
  const edit = () => go(paths.editPatient(one.patientId))
  useKeys([
    { id: 'check-in.arrive', keys: 'Ctrl+Enter', label: 'Arrive', where: 'Check in', run: onArrive },
    { id: 'check-in.edit', keys: 'E', label: 'Edit what is missing', where: 'Check in', run: edit },
  ])
  return (
    <div className={styles['view']}>
      <AppointmentHead one={one} on={today} aside={<><strong>{time(one.startsAt, zone)}</strong> {provider}</>} />
      <QueryState query={file} what="The patient’s details" />
      {file.data && <Stones file={file.data} onEdit={edit} />}
    </div>
  )
}

function Stones({ file, onEdit }: { file: PatientFile; onEdit: () => void }) {
  const today = useToday()
  const stones = checkInStones(file, today)
  const ready = stones.filter((stone) => stone.isReady).length
  return (
    <>
      <div className={styles['progress']}>
        {stones.map((stone) => (
          <span key={stone.name} className={styles['bar']} data-ready={stone.isReady || undefined} />
        ))}
        <span className={styles['progressText']}>
          {ready} of {stones.length} ready
        </span>
      </div>
      {stones.map((stone) => (
        <StoneCard key={stone.name} stone={stone} action={stone.isReady ? undefined : <ActionButton size="compact-xs" keyId="check-in.edit" onClick={onEdit}>{stone.way}</ActionButton>} />
      ))}
      <p className={styles['quiet']}>Read the details back to the patient. Amber never stops care.</p>
    </>
  )
}

function StoneCard({ stone, action }: { stone: Stone; action: ReactNode }) {
  const Icon = stone.isReady ? IconCircleCheckFilled : IconAlertCircle
  return (
    <section className={styles['stone']} data-ready={stone.isReady || undefined} aria-label={stone.name}>
      <header>
        <Icon size={18} stroke={1.8} />
        <strong>{stone.name}</strong>
        <span>{stone.note}</span>
        {action && <span className={styles['stoneAct']}>{action}</span>}
      </header>
      {stone.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </section>
  )
}
