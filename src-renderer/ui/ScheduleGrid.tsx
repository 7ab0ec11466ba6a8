import { type CSSProperties, memo, type ReactNode, useEffect, useRef, useState } from 'react'
import { gridClock } from './format.ts'
import { type GridScale, LINE_MIN, minuteAt, place, topOf } from './schedule-grid-geometry.ts'
import { type GridDrag, type PointerDrag, usePointerDrag, useRevealed, useScrollToNow } from './schedule-grid-pointer.ts'
import styles from './ScheduleGrid.module.css'

export interface GridItem {
  id: string
  startMin: number
  endMin: number
  lane: number
  lanes: number
  /** Read out for the row. */
  label: string
  /** State colours and the like. */
  style?: CSSProperties
  /** A second mark at the right edge: what kind of visit it is. */
  isTyped?: boolean
  /** Looks of the block: 'dashed', 'conflict', 'faded'. */
  look?: 'plain' | 'dashed' | 'conflict' | 'faded'
  isDraggable?: boolean
  /** Done here, not yet at the host: hatched over its state. */
  isUnsent?: boolean
  content: ReactNode
}

export interface GridMark {
  key: string
  startMin: number
  endMin: number
  /** A slot that fits, a wanted time that is taken or only odd, and where a dragged block stands now. */
  tone: 'fits' | 'taken' | 'warn'
  content: ReactNode
  onClick?: () => void
}

export interface GridColumn {
  id: string
  label: string
  head: ReactNode
  /** What is not open; each kind has its own hatching. */
  closed: readonly { startMin: number; endMin: number; title: string | undefined; kind: string }[]
  /** How many ordinary columns it is as wide as. */
  weight?: number
  /** The line of now is drawn in it; true unless said otherwise. */
  hasNow?: boolean
  items: readonly GridItem[]
  marks?: readonly GridMark[]
}

interface ScheduleGridProps {
  columns: readonly GridColumn[]
  fromMin: number
  toMin: number
  scale: GridScale
  /** Left of the heads. */
  corner?: ReactNode
  /** How narrow a column may become before the grid scrolls sideways. */
  columnMinPx?: number
  /** Draws the line behind the blocks, and scrolls to it once. */
  nowMin?: number | undefined
  /** Kept in sight: the time that is being typed or moved to. */
  revealMin?: number | undefined
  activeId: string | undefined
  onActivate: (id: string) => void
  onOpen: (id: string) => void
  /** A press on free time: book here. */
  onPick?: ((columnId: string, startMin: number) => void) | undefined
  drag?: GridDrag | undefined
}

/**
 * Columns side by side, time running down; what a column stands for is the caller's business. A pure view of what it is
 * given: it keeps no copy, so a change from another window is simply drawn. Each column is a `grid` of its own with one
 * row for each item, named in full; keys are the screen's, because their meaning is.
 */
export function ScheduleGrid({ columns, fromMin, toMin, scale, corner, columnMinPx = 150, nowMin, revealMin, activeId, onActivate, onOpen, onPick, drag }: ScheduleGridProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const lines = Math.ceil((toMin - fromMin) / LINE_MIN)
  const isEmpty = columns.every((column) => column.items.length === 0)
  const firstId = columns.find((column) => column.items.length > 0)?.items[0]?.id
  const tabId = columns.some((column) => column.items.some((item) => item.id === activeId)) ? activeId : firstId
  // A drag that ends in its own column ends in a click there: only a press that began on free time picks it.
  const pressed = useRef<EventTarget>(null)
  const pointer = usePointerDrag({ scroller, fromMin, scale, drag })
  const open = useSameFunction(onOpen)
  useScrollToNow(scroller, nowMin, fromMin, scale)
  useRevealed(scroller, revealMin, fromMin, scale)
  const tracks = columns.map(({ weight = 1 }) => `minmax(${weight * columnMinPx}px, ${weight}fr)`).join(' ')
  const shape = { '--tracks': tracks, '--lines': lines, '--line-px': `${scale.linePx}px`, '--step-lines': scale.stepMin / LINE_MIN } as CSSProperties // React's type has no custom properties.
  return (
    <div ref={scroller} className={styles['scroller']} style={shape} tabIndex={isEmpty ? 0 : undefined} role={isEmpty ? 'region' : undefined} aria-label={isEmpty ? 'Schedule' : undefined}>
      <div className={styles['heads']}>
        <div className={styles['corner']}>{corner}</div>
        {columns.map((column) => (
          <div key={column.id} className={styles['head']}>
            {column.head}
          </div>
        ))}
      </div>
      <div className={styles['body']}>
        <TimeAxis fromMin={fromMin} toMin={toMin} scale={scale} nowMin={nowMin} />
        {columns.map((column) => (
          <div
            key={column.id}
            role="grid"
            aria-label={column.label}
            data-column={column.id}
            className={styles['column']}
            onPointerDown={(event) => {
              pressed.current = event.target
            }}
            onClick={(event) => {
              if (onPick && event.target === event.currentTarget && pressed.current === event.currentTarget) onPick(column.id, minuteAt(event.currentTarget, event.clientY, fromMin, scale))
            }}
          >
            {nowMin !== undefined && (column.hasNow ?? true) && nowMin >= fromMin && nowMin < toMin && <div aria-hidden className={styles['now']} style={{ top: topOf(nowMin, fromMin, scale) }} />}
            {column.closed.map((span) => (
              <div key={`${span.startMin} ${span.title}`} aria-hidden className={styles['closed']} data-kind={span.kind} style={place(span, fromMin, scale)}>
                {span.title && <span>{span.title}</span>}
              </div>
            ))}
            {column.items.map((item) => (
              <Row key={item.id} item={item} fromMin={fromMin} scale={scale} isActive={item.id === activeId} isTabStop={item.id === tabId} onActivate={onActivate} onOpen={open} pointer={drag && item.isDraggable ? pointer : undefined} />
            ))}
            {column.items.length === 0 && <EmptyRow />}
            {column.marks?.map((mark) => (
              <div key={mark.key} aria-hidden className={styles['mark']} data-tone={mark.tone} data-clickable={mark.onClick ? true : undefined} style={place(mark, fromMin, scale)} onClick={mark.onClick}>
                {mark.content}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}

interface RowProps {
  item: GridItem
  fromMin: number
  scale: GridScale
  isActive: boolean
  isTabStop: boolean
  onActivate: (id: string) => void
  onOpen: (id: string) => void
  pointer: PointerDrag | undefined
}

/** Drawn anew only when something of its own changes: a day of four hundred follows the pointer. */
const Row = memo(function Row({ item, fromMin, scale, isActive, isTabStop, onActivate, onOpen, pointer }: RowProps) {
  const lane = item.lanes > 1 ? { marginLeft: `calc(3px + ${(100 * item.lane) / item.lanes}%)`, width: `calc(${100 / item.lanes}% - 7px)` } : {}
  return (
    <div
      role="row"
      data-item={item.id}
      aria-label={item.label}
      aria-selected={isActive}
      tabIndex={isTabStop ? 0 : -1}
      className={styles['item']}
      data-look={item.look ?? 'plain'}
      data-short={heightOf(item, scale) < 48 || undefined}
      data-low={heightOf(item, scale) < 38 || undefined}
      data-tiny={heightOf(item, scale) < 24 || undefined}
      data-draggable={pointer ? true : undefined}
      data-unsent={item.isUnsent || undefined}
      data-typed={item.isTyped || undefined}
      style={{ ...place(item, fromMin, scale), ...item.style, ...lane }}
      onFocus={() => onActivate(item.id)}
      onDoubleClick={() => onOpen(item.id)}
      {...pointer}
    >
      <div role="gridcell" className={styles['cell']}>
        {item.content}
      </div>
    </div>
  )
})

/** Calls what was given last, and is itself always the same. */
function useSameFunction(given: (id: string) => void): (id: string) => void {
  const latest = useRef(given)
  useEffect(() => {
    latest.current = given
  })
  return useState(() => (id: string) => latest.current(id))[0]
}

const heightOf = ({ startMin, endMin }: GridItem, scale: GridScale): number => topOf(endMin, startMin, scale)

/** A grid without rows is not a grid to a screen reader. */
function EmptyRow() {
  return (
    <div role="row" className="visually-hidden">
      <div role="gridcell">No appointments</div>
    </div>
  )
}

function TimeAxis({ fromMin, toMin, scale, nowMin }: { fromMin: number; toMin: number; scale: GridScale; nowMin: number | undefined }) {
  const hours = Array.from({ length: Math.ceil((toMin - fromMin) / 60) }, (_, i) => fromMin + i * 60)
  const isNowShown = nowMin !== undefined && nowMin >= fromMin && nowMin < toMin
  return (
    <div aria-hidden className={styles['axis']}>
      {hours.map((minute) => (
        <span key={minute} className={styles['hour']} style={{ top: topOf(minute, fromMin, scale) }} hidden={isNowShown && Math.abs(minute - nowMin) < 10}>
          {`${gridClock(minute).replace(':00', '')} ${minute < 720 ? 'am' : 'pm'}`}
        </span>
      ))}
      {isNowShown && (
        <span className={styles['nowTime']} style={{ top: topOf(nowMin, fromMin, scale) }}>
          {gridClock(nowMin)}
        </span>
      )}
    </div>
  )
}

/** Puts the focus on an item, once it is drawn. */
export function focusGridItem(id: string): void {
  const row = [...document.querySelectorAll<HTMLElement>('[data-item]')].find((element) => element.dataset['item'] === id)
  row?.focus({ preventScroll: true })
  row?.scrollIntoView?.({ block: 'nearest' })
}
