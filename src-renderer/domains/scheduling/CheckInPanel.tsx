import { useEffect } from 'react'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { useActor, useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { money, time } from '#renderer/ui/format.ts'
import { IconDoorEnter, IconPrinter } from '#renderer/ui/icons.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { AppointmentHead } from './AppointmentHead.tsx'
import { typedOf } from './check-in-draft.ts'
import { CheckInStones } from './CheckInStones.tsx'
import { useCheckIn, type CheckInState } from './useCheckIn.ts'
import { stoneKeys, type StoneKey } from './view.check-in.ts'
import styles from './CheckIn.module.css'

interface CheckInPanelProps {
  one: DayAppointment
  provider: string
  onArrive: () => Promise<unknown>
  onClose: () => void
}

/** What should be right before somebody sits down: green is there, amber is open, and amber never stops care. */
export function CheckInPanel({ one, provider, onArrive, onClose }: CheckInPanelProps) {
  const { clinic } = useActor()
  const zone = useZone()
  const today = useToday()
  const go = useGo()
  const state = useCheckIn(one, onArrive)
  const { known, file, takes, amountCents, isRunning } = state
  const label = () => go(paths.print('label', one.patientId))
  useFirstOpenFocused(state)
  return (
    <SidePanel
      title="Check in" icon={IconDoorEnter} onClose={onClose} width={468}
      footer={
        <>
          {takes && <ActionButton keyId="check-in.later" onClick={state.arrive}>Copay later</ActionButton>}
          <ActionButton variant="filled" keyId="check-in.arrive" running={isRunning} onClick={state.takeAndArrive}>
            {takes ? `Take ${amountCents ? money(amountCents, clinic.currency) : 'copay'} and arrive` : 'Arrive'}
          </ActionButton>
        </>
      }
    >
      <CheckInKeys state={state} onLabel={label} />
      <div className={styles['view']}>
        <AppointmentHead one={one} on={today} aside={<><strong>{time(one.startsAt, zone)}</strong> {provider}</>} />
        {state.problem && <div role="alert"><Notice tone="bad" title="Not done.">{state.problem}</Notice></div>}
        {!known && <QueryState query={state.failed ?? file} what="The patient’s details" />}
        {known && file.data && <CheckInStones state={state} known={known} file={file.data} />}
        <div className={styles['foot']}>
          <p>Amber never stops care.</p>
          <ActionButton size="compact-xs" variant="subtle" keyId="check-in.label" icon={<IconPrinter size={15} stroke={1.7} />} onClick={label}>Label</ActionButton>
        </div>
      </div>
    </SidePanel>
  )
}

/** The stones come a moment after the panel: the keys go on at the first that is open, and at the next one when that is done, unless somebody has begun elsewhere. */
function useFirstOpenFocused({ known, firstOpen, chosen }: CheckInState): void {
  const isKnown = known !== undefined
  useEffect(() => {
    const panel = document.querySelector('[data-region="panel"]')
    const { activeElement } = document
    const isFree = activeElement === panel || activeElement === document.body || (chosen === undefined && activeElement?.id.startsWith('stone-') === true)
    if (isKnown && isFree && firstOpen) document.getElementById(`stone-${firstOpen}`)?.focus()
  }, [isKnown, firstOpen, chosen])
}

const where = 'Check in'
const stoneNames: Record<StoneKey, string> = { identity: 'Identity', insurance: 'Insurance', consent: 'Consent', copay: 'Copay' }

/** Inside the panel, so that they are the panel's keys. */
function CheckInKeys({ state, onLabel }: { state: CheckInState; onLabel: () => void }) {
  const { file, may } = state
  const goTo = (key: StoneKey): void => {
    state.choose(key)
    const amount = key === 'copay' ? document.getElementById('check-in-amount') : null
    ;(amount ?? document.getElementById(`stone-${key}`))?.focus()
  }
  const edit = (): void => {
    const patient = file.data?.patient
    if (patient && may.write) state.change({ typed: typedOf(patient), opened: patient })
  }
  useKeys([
    { id: 'check-in.arrive', keys: 'Ctrl+Enter', label: 'Take the copay and arrive', where, run: state.takeAndArrive },
    { id: 'check-in.later', keys: 'Ctrl+Shift+Enter', label: 'Arrive, copay later', where, run: state.arrive },
    { id: 'check-in.confirm', keys: 'Space', label: 'It is right: identity and insurance, or the chosen one', where, run: () => state.confirm() },
    { id: 'check-in.edit', keys: 'E', label: 'Correct the details', where, run: edit },
    { id: 'check-in.label', keys: 'L', label: 'Print the patient’s label', where, run: onLabel },
    ...stoneKeys.map((key, at) => ({ id: `check-in.${key}`, keys: String(at + 1), label: stoneNames[key], where, run: () => goTo(key) })),
  ])
  return null
}
