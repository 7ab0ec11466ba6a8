import type { ReactNode } from 'react'
import styles from './Card.module.css'

interface CardProps {
  title?: ReactNode
  /** Small grey behind the title: "5, reconciled today". */
  note?: ReactNode
  /** At the right of the head: a key hint or one small act. */
  aside?: ReactNode
  /** Rows and tables bring their own inset. */
  flush?: boolean
  tone?: 'plain' | 'warn'
  children: ReactNode
}

/** Panel with a hairline and a head of 36 px. */
export function Card({ title, note, aside, flush = false, tone = 'plain', children }: CardProps) {
  return (
    <section className={styles['card']} data-tone={tone}>
      {title && (
        <header className={styles['head']}>
          <h2>{title}</h2>
          {note && <span className={styles['note']}>{note}</span>}
          {aside && <span className={styles['aside']}>{aside}</span>}
        </header>
      )}
      <div className={flush ? styles['flush'] : styles['body']}>{children}</div>
    </section>
  )
}

/** Label at the left, value at the right, hairlines between: the body of many cards. */
export function FactList({ children }: { children: ReactNode }) {
  return <dl className={styles['facts']}>{children}</dl>
}

export function Fact({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className={styles['fact']}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
