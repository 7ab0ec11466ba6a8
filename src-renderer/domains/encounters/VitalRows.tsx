import type { Flag } from '#shared/domains/encounters/rules.ranges.ts'
import { Sparkline } from '#renderer/ui/Sparkline.tsx'
import { flagWord, type VitalLine } from './view.vitals.ts'
import styles from './Chart.module.css'

/** Name, trend with its usual range as a band, value with arrow, unit. */
export function VitalRows({ lines }: { lines: readonly VitalLine[] }) {
  return (
    <dl>
      {lines.map((line) => (
        <div key={line.key} className={styles['vital']}>
          <dt>{line.name}{line.note && <span className={styles['unit']}> {line.note}</span>}</dt>
          <dd>
            <Sparkline values={line.values} range={line.range} tone={line.flag?.level === 'critical' ? 'bad' : 'plain'} />
          </dd>
          <dd className={styles['value']}>
            <Flagged flag={line.flag}>{line.text}</Flagged>
          </dd>
          <dd className={styles['unit']}>{line.unit}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Arrow, colour and, for whoever cannot see either, the word. */
export function Flagged({ flag, children, withWord = false }: { flag: Flag | undefined; children: string; withWord?: boolean }) {
  if (!flag) return children
  return (
    <span className={styles['flag']} data-level={flag.level}>
      <span aria-hidden>{flag.direction === 'high' ? '↑' : '↓'} </span>
      {children}
      <span className={withWord ? undefined : 'visually-hidden'}> {flagWord(flag)}</span>
    </span>
  )
}
