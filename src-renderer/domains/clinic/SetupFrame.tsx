import type { ReactNode } from 'react'
import { WindowButtons } from '#renderer/app/Header.tsx'
import { IconCheck } from '#renderer/ui/icons.ts'
import { Mark } from '#renderer/ui/Mark.tsx'
import styles from './Setup.module.css'

export interface StepMark { id: string; label: string; fact: string | undefined; state: 'done' | 'here' | 'ahead' }

interface SetupFrameProps {
  steps: readonly StepMark[]
  note: string
  title: string
  lead: ReactNode
  children: ReactNode
  footer?: ReactNode
}

/** Steps at the left, one question at a time at the right. */
export function SetupFrame({ steps, note, title, lead, children, footer }: SetupFrameProps) {
  return (
    <div className={styles['frame']}>
      <nav className={styles['rail']} aria-label="Steps of the set-up">
        <div className={styles['mark']}>
          <Mark size={30} />
          <strong>Cairn</strong>
        </div>
        <ol className={styles['steps']}>
          {steps.map((step, index) => (
            <li key={step.id} data-state={step.state} aria-current={step.state === 'here' ? 'step' : undefined}>
              <span className={styles['dot']}>{step.state === 'done' ? <IconCheck size={14} stroke={2.4} aria-label="Done" /> : index + 1}</span>
              <span>
                <strong>{step.label}</strong>
                {step.fact && <small>{step.fact}</small>}
              </span>
            </li>
          ))}
        </ol>
        <p className={styles['note']}>{note}</p>
      </nav>
      <div className={styles['side']}>
        <header className={styles['drag']}>
          <WindowButtons />
        </header>
        <main className={styles['body']}>
          <h1>{title}</h1>
          <p className={styles['lead']}>{lead}</p>
          {children}
        </main>
        {footer && <footer className={styles['footer']}>{footer}</footer>}
      </div>
    </div>
  )
}
