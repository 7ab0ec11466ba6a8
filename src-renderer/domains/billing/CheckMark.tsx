import type { ReactNode } from 'react'
import type { InvoiceState, WorkItem } from '#shared/domains/billing/model.views.ts'
import { IconAlertCircle, IconBan, IconCircleCheck, IconCircleHalf2, IconClock, IconFileInvoice } from '#renderer/ui/icons.ts'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { checkWords, stateWords } from './words.ts'
import styles from './billing.module.css'

/** The last column of the work list: ready, what is wrong, or the bill it became. Icon and word, never colour alone. */
export function CheckMark({ item }: { item: Pick<WorkItem, 'checks' | 'invoice'> }) {
  const [first, ...more] = item.checks
  if (item.invoice) return <Mark tone="info" icon={IconFileInvoice} text={<>Billed <span className="code">{item.invoice.number}</span></>} />
  if (!first) return <Mark tone="ok" icon={IconCircleCheck} text="Ready" />
  const waits = first === 'note-not-signed'
  return <Mark tone={waits ? 'warn' : 'bad'} icon={waits ? IconClock : IconAlertCircle} text={<>{checkWords[first]}{more.length > 0 && ` +${more.length}`}</>} />
}

function Mark({ tone, icon: Icon, text }: { tone: 'ok' | 'bad' | 'warn' | 'info'; icon: typeof IconClock; text: ReactNode }) {
  return (
    <span className={styles['check']} data-tone={tone}>
      <Icon size={16} stroke={1.7} aria-hidden />
      <span>{text}</span>
    </span>
  )
}

const looks = {
  open: ['info', IconFileInvoice], 'partly-paid': ['warn', IconCircleHalf2], overdue: ['bad', IconClock], paid: ['ok', IconCircleCheck], void: ['plain', IconBan],
} as const

export function InvoiceTag({ state }: { state: InvoiceState }) {
  const [tone, icon] = looks[state]
  return <Tag tone={tone} icon={icon}>{stateWords[state]}</Tag>
}
