import { type KeyboardEvent, useRef } from 'react'
import type { AttentionItem } from '#shared/domains/network/model.ts'
import { nearTime } from '#renderer/ui/format.ts'
import { IconAlertTriangle, IconCalendarX, IconCloudOff, IconReceipt2, IconUserX } from '#renderer/ui/icons.ts'
import { Tag } from '#renderer/ui/StateTag.tsx'
import type { IconType } from '../contribution.ts'
import { useKeys } from '../keys/keys.tsx'
import { useClinic } from './useClinic.ts'
import { wantedLine } from './view.ts'
import { kindTags, reasonOf, titleOf } from './words.ts'
import styles from './AttentionPage.module.css'

const icons: Readonly<Record<string, IconType>> = { scheduling: IconCalendarX, billing: IconReceipt2, patients: IconUserX, encounters: IconCloudOff }

interface AttentionListProps {
  items: readonly AttentionItem[]
  active: AttentionItem
  onActive: (item: AttentionItem) => void
}

/** What needs a person, newest first. J and K move, whatever has the focus; the detail beside it follows. */
export function AttentionList({ items, active, onActive }: AttentionListProps) {
  const list = useRef<HTMLUListElement>(null)
  const at = items.indexOf(active)
  const show = (index: number) => {
    const next = items[Math.max(0, Math.min(items.length - 1, index))]
    if (!next) return
    onActive(next)
    list.current?.querySelector<HTMLElement>(`[data-item="${next.id}"]`)?.focus()
  }
  /** The first J takes the one that is shown already; nothing is passed over. */
  const from = (step: 1 | -1) => (list.current?.contains(document.activeElement) ? at + step : at)
  useKeys([
    { id: 'attention.next', keys: 'J', label: 'Next', where: 'Attention', run: () => show(from(1)) },
    { id: 'attention.previous', keys: 'K', label: 'Previous', where: 'Attention', run: () => show(from(-1)) },
  ])
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    show(at + step)
  }
  return (
    <ul role="list" ref={list} className={styles['items']} aria-label="Needs you" onKeyDown={onKeyDown}>
      {items.map((item) => (
        <li key={item.id}>
          <Row item={item} isActive={item === active} onChoose={() => onActive(item)} />
        </li>
      ))}
    </ul>
  )
}

function Row({ item, isActive, onChoose }: { item: AttentionItem; isActive: boolean; onChoose: () => void }) {
  const clinic = useClinic()
  const Icon = icons[item.procedure.split('.')[0] ?? ''] ?? IconAlertTriangle
  const { words, tone } = kindTags[item.kind]
  return (
    <button type="button" data-item={item.id} data-tone={tone} aria-current={isActive || undefined} tabIndex={isActive ? 0 : -1} className={styles['item']} onClick={onChoose}>
      <Icon size={20} stroke={1.7} />
      <span className={styles['itemText']}>
        <span className={styles['itemTitle']}>
          <strong>{titleOf(item)}</strong> <Tag tone={tone}>{words}</Tag>
        </span>
        <span className={styles['itemWhat']}>{[item.patient?.name, wantedLine(item, clinic)].filter(Boolean).join(' · ') || item.byName}</span>
        <span>{reasonOf(item)}</span>
      </span>
      <span className={styles['itemAside']}>
        done {nearTime(item.doneAt, clinic.zone, clinic.today)}
        {item.deviceName && <span>{item.byName}, {item.deviceName}</span>}
      </span>
    </button>
  )
}
