import { Refusal } from '#shared/rpc/errors.ts'
import { useMay } from '#renderer/app/actor.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { ActionButton } from './ActionButton.tsx'
import { askToBreakGlass } from './break-glass.ts'
import { IconAlertTriangle } from './icons.ts'
import styles from './states.module.css'
import { EmptyState } from './states.tsx'

interface ClosedChartProps {
  error: unknown
  /** The chart that was asked for, where its address says so. */
  patientId?: string
  /** Asks again once it is open. */
  onOpened: () => void
}

/** True for the refusals that are about whose chart it is; everything else is shown as a failure. */
export const isClosedChart = (error: unknown): boolean => error instanceof Refusal && (error.code === 'NOT_ON_CARE_TEAM' || error.code === 'NOT_FOUND')

/**
 * Stands in the place of a chart that is not this person's. A restricted patient and a wrong number look the same here:
 * the way in for an emergency is offered for both, and says only after the reason whether there was anybody.
 */
export function ClosedChart({ error, patientId, onOpened }: ClosedChartProps) {
  const go = useGo()
  const mayBreak = useMay('break-glass.use')
  const known = error instanceof Refusal && error.code === 'NOT_ON_CARE_TEAM' ? patientOf(error.data) : undefined
  const open = (opened: string) => (patientId === undefined || opened === patientId ? onOpened() : go(paths.chart(opened)))
  return (
    <EmptyState
      title={known ? 'This chart belongs to another care team' : 'There is no chart here that you may open'}
      action={
        <div className={styles['failedFoot']}>
          <ActionButton onClick={() => go(paths.patients())}>Back to patients</ActionButton>
          {mayBreak && (
            <ActionButton color="clay" variant="outline" icon={<IconAlertTriangle size={16} stroke={1.7} />} onClick={() => askToBreakGlass({ patientId: known ?? patientId, onOpened: open })}>
              Open in an emergency
            </ActionButton>
          )}
        </div>
      }
    >
      {known
        ? 'You are on the team with an appointment, a note of yours, or when a colleague adds you. That is the usual way in.'
        : 'The number may be wrong, or the patient is restricted to a few colleagues.'}
    </EmptyState>
  )
}

function patientOf(data: unknown): string | undefined {
  return typeof data === 'object' && data !== null && 'patientId' in data && typeof data.patientId === 'string' ? data.patientId : undefined
}
