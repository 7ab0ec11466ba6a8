import { Anchor, Progress } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from './ActionButton.tsx'
import { count as countWords, duration } from './format.ts'
import { IconAlertTriangle, IconCircleCheck } from './icons.ts'
import { Mark } from './Mark.tsx'
import styles from './states.module.css'

interface StateProps {
  title: string
  children?: ReactNode
  action?: ReactNode
}

/** Nothing here yet: says what will appear and offers the first action. */
export function EmptyState({ title, children, action }: StateProps) {
  return (
    <div className={styles['centre']}>
      <Mark size={34} tone="empty" />
      <p className={styles['title']}>{title}</p>
      {children && <p>{children}</p>}
      {action}
    </div>
  )
}

/** All done: says so, and what is still out. */
export function AllDone({ title, children, action }: StateProps) {
  return (
    <div className={styles['centre']}>
      <IconCircleCheck size={32} stroke={1.5} className={styles['done'] ?? ''} />
      <p className={styles['title']}>{title}</p>
      {children && <p>{children}</p>}
      {action}
    </div>
  )
}

interface NotFoundProps {
  /** "No patient matches “lopezz 1985”". */
  title: string
  closest?: { label: string; onOpen: () => void } | undefined
  /** The way to create what was not found. */
  action?: ReactNode
}

export function NotFound({ title, closest, action }: NotFoundProps) {
  return (
    <div className={styles['left']} role="status">
      <p className={styles['title']}>{title}</p>
      {closest && (
        <p>
          Closest:{' '}
          <Anchor component="button" type="button" inherit onClick={closest.onOpen}>
            {closest.label}
          </Anchor>
        </p>
      )}
      {action}
    </div>
  )
}

/** Shows its children after 200 ms only: data on this machine should be there before. */
function Delayed({ children, delayMs = 200 }: { children: ReactNode; delayMs?: number }) {
  const [shown, setShown] = useState(delayMs === 0)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), delayMs)
    return () => clearTimeout(timer)
  }, [delayMs])
  return shown ? children : null
}

/** Still bars in the final shape; `lines` are widths in per cent. */
export function LoadingSkeleton({ lines = [45, 60, 62, 78, 52, 70], withPerson = false }: { lines?: readonly number[]; withPerson?: boolean }) {
  return (
    <Delayed>
      <div className={styles['skeleton']} role="status" aria-label="Loading" data-person={withPerson || undefined}>
        {lines.map((width, index) => (
          <span key={index} style={{ width: `${width}%` }} />
        ))}
      </div>
    </Delayed>
  )
}

interface FailedPartProps {
  /** "The results list could not be opened." */
  title: string
  /** What is safe. */
  children?: ReactNode
  /** Code without patient data, for whoever looks into it. */
  code?: string | undefined
  onRetry: () => void
  /** Another way on, beside Try again. */
  more?: ReactNode
}

/** Stands in the place of the part that failed; everything around it goes on. */
export function FailedPart({ title, children = 'Nothing you saved is lost. The rest of Cairn works.', code, onRetry, more }: FailedPartProps) {
  return (
    <div className={styles['failedBox']}>
      <div className={styles['failed']} role="alert">
        <IconAlertTriangle size={20} stroke={1.7} />
        <div>
          <strong>{title}</strong>
          <p>{children}</p>
          <div className={styles['failedFoot']}>
            <ActionButton onClick={onRetry}>Try again</ActionButton>
            {more}
            {code && <span>Tell the owner: {code}</span>}
          </div>
        </div>
      </div>
    </div>
  )
}

/** The whole of a query that is not there yet: nothing, then a skeleton, or the failed part. */
interface QueryLike {
  isPending: boolean
  isError: boolean
  error: unknown
  refetch: () => unknown
}

export function QueryState({ query, what, skeleton }: { query: QueryLike; what: string; skeleton?: ReactNode }) {
  if (isElsewhere(query.error)) return <FailedPart title={`${what} cannot be shown at this machine now.`} onRetry={() => void query.refetch()}>{errorText(query.error)}</FailedPart>
  if (query.isError) return <FailedPart title={`${what} could not be opened.`} code={errorCode(query.error)} onRetry={() => void query.refetch()} />
  if (query.isPending) return skeleton ?? <LoadingSkeleton />
  return null
}

/** What this machine does not hold, or only the host says, is no failure: the words say where it is. */
const elsewhereCodes = ['NOT_ON_THIS_MACHINE', 'AT_HOST', 'HOST_NEEDED']
const isElsewhere = (error: unknown): boolean => elsewhereCodes.includes(errorCode(error))

function errorCode(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') return error.code
  return 'E-UNKNOWN'
}

interface LongWorkProps {
  /** "Importing patients". */
  title: string
  done: number
  total?: number | undefined
  /** Seconds left as estimated by the worker. */
  secondsLeft?: number | undefined
  /** "3 rows set aside so far." */
  note?: ReactNode
  onStop?: (() => void) | undefined
  isStopping?: boolean
}

/** Bar with count, time left and Stop. */
export function LongWork({ title, done, total, secondsLeft, note, onStop, isStopping = false }: LongWorkProps) {
  const of = total === undefined ? done.toLocaleString('en-US') : `${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`
  return (
    <div className={styles['work']}>
      <div className={styles['workHead']}>
        <strong>{title}</strong>
        <span>{of}</span>
      </div>
      <Progress value={total ? Math.min(100, (done / total) * 100) : 0} aria-label={title} />
      <div className={styles['workFoot']}>
        <span>
          {secondsLeft !== undefined && `About ${secondsLeft < 90 ? `${Math.max(1, Math.round(secondsLeft))} s` : duration(Math.round(secondsLeft / 60))} left. `}
          {note}
        </span>
        {onStop && (
          <ActionButton onClick={onStop} running={isStopping}>
            Stop
          </ActionButton>
        )}
      </div>
    </div>
  )
}

/** A note box in one of the three tones; never colour alone, it starts with its icon. */
export function Notice({ tone, title, children, action }: { tone: 'warn' | 'bad' | 'info' | 'ok'; title?: ReactNode; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles['notice']} data-tone={tone}>
      {tone === 'ok' ? <IconCircleCheck size={18} stroke={1.7} /> : <IconAlertTriangle size={18} stroke={1.7} />}
      <div>
        {title && <strong>{title} </strong>}
        {children}
        {action && <div className={styles['failedFoot']}>{action}</div>}
      </div>
    </div>
  )
}

export { countWords as counted }
