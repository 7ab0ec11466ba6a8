import { Progress } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { JoinStep } from '#shared/domains/network/model.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { digitGroups } from '#renderer/ui/format.ts'
import { bytes } from './view.ts'
import styles from './Setup.module.css'

/** What happens at this computer while it joins, one step after the other. */
export function JoinProgress({ step, onStop }: { step: JoinStep; onStop: () => void }) {
  const place = useRef<HTMLDivElement>(null)
  // The form is gone with the button that was pressed: keys go on from here.
  useEffect(() => place.current?.focus(), [])
  return (
    <div ref={place} tabIndex={-1} className={styles['joining']}>
      <div className={styles['progress']}>
        <Step step={step} />
      </div>
      {step.is !== 'done' && (
        <div className={styles['acts']}>
          <ActionButton onClick={onStop}>Stop</ActionButton>
          <span className={styles['hint']}>Stopped now, this computer stays as empty as it was.</span>
        </div>
      )}
    </div>
  )
}

function Step({ step }: { step: JoinStep }) {
  switch (step.is) {
    case 'connecting':
      return <strong role="status">Talking to the host …</strong>
    case 'asking':
      return (
        <div role="status">
          <strong>The host is asked whether this computer may join</strong>
          <p className={styles['digits']} aria-label="Six digits">{digitGroups(step.digits)}</p>
          <p className={styles['hint']}>The host’s screen shows six digits, too. If they are the same, whoever sits there says yes; if they differ, stop here and tell them.</p>
        </div>
      )
    case 'copying':
      return (
        <>
          <strong role="status">Copying the clinic’s records</strong>
          <Progress value={step.ofBytes === 0 ? 0 : Math.min(100, (step.doneBytes / step.ofBytes) * 100)} aria-label="Copying the clinic’s records" />
          <span className={styles['hint']}>{bytes(step.doneBytes)} of {bytes(step.ofBytes)}. If the network fails, it goes on where it stopped.</span>
        </>
      )
    case 'checking':
      return <strong role="status">Reading every page of the copy once …</strong>
    case 'done':
      return <strong role="status">Joined {step.clinicName}. Sign in with the name and password you have there.</strong>
  }
}
