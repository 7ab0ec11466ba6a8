import { type KeyboardEvent, useRef, useState } from 'react'
import type { Shift } from '#shared/domains/staff/model.ts'
import { weekOf } from '#shared/domains/staff/rules.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { dayDate, spokenName } from '#renderer/ui/format.ts'
import type { RosterActs } from './useRosterActs.ts'
import { cellWords, neighbour, shiftWords, type Cell, type RosterRow } from './view.ts'
import styles from './Roster.module.css'

interface GridProps { rows: readonly RosterRow[]; monday: PlainDate; mayManage: boolean; acts: RosterActs; onEdit: (cell: Cell) => void }

/** The week as a grid. A shift is dragged to another day or person; with the keys: C takes a copy, M takes the shift itself, V puts it down. */
export function RosterGrid({ rows, monday, mayManage, acts, onEdit }: GridProps) {
  const [at, setAt] = useState({ row: 0, column: 0 })
  const [carried, setCarried] = useState<{ shift: Shift; isCopy: boolean }>()
  const grid = useRef<HTMLTableElement>(null)
  const put = async ({ shift, isCopy }: { shift: Shift; isCopy: boolean }, cell: Cell) => {
    setCarried(undefined)
    if (shift.staffId === cell.staffId && shift.date === cell.date) return
    await acts.save({ ...shift, id: isCopy ? newId() : shift.id, staffId: cell.staffId, date: cell.date }, isCopy ? undefined : shift)
  }
  const onKey = (event: KeyboardEvent, cell: Cell, row: number, column: number) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key.startsWith('Arrow')) {
      const next = neighbour(event.key, row, column, rows.length)
      setAt(next)
      grid.current?.querySelector<HTMLElement>(`[data-cell="${next.row} ${next.column}"]`)?.focus()
      event.preventDefault()
      return event.stopPropagation()
    }
    const [shift] = cell.shifts
    if (!mayManage || !['c', 'm', 'v', 'Delete', 'Escape'].includes(event.key)) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') setCarried(undefined)
    else if (event.key === 'v' && carried) void put(carried, cell)
    else if (event.key === 'Delete' && shift) void acts.remove(cell.shifts)
    else if ((event.key === 'c' || event.key === 'm') && shift) setCarried({ shift, isCopy: event.key === 'c' })
  }
  return (
    <>
      <table ref={grid} className={styles['grid']} aria-label="Roster">
        <thead>
          <tr>
            <th scope="col">Staff</th>
            {weekOf(monday).map((date) => <th key={date} scope="col">{dayDate(date).replace(/ \d{4}$/, '')}</th>)}
            <th scope="col" className={styles['hours']}>Hours</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ person, cells, hours }, row) => (
            <tr key={person.id}>
              <th scope="row">{spokenName(person)}{person.credentials && <small> {person.credentials}</small>}</th>
              {cells.map((cell, column) => (
                <td key={cell.date} data-away={cell.isAway || undefined} data-holiday={cell.holiday !== undefined || undefined}>
                  <button
                    type="button" className={styles['cell']} data-cell={`${row} ${column}`} tabIndex={at.row === row && at.column === column ? 0 : -1} aria-label={cellWords(cell, person)}
                    data-carried={carried && cell.shifts.includes(carried.shift) || undefined} draggable={mayManage && cell.shifts.length === 1}
                    onFocus={() => setAt({ row, column })} onKeyDown={(event) => onKey(event, cell, row, column)} onClick={() => mayManage && onEdit(cell)}
                    onDragStart={(event) => { if (cell.shifts[0]) setCarried({ shift: cell.shifts[0], isCopy: event.ctrlKey }) }}
                    onDragOver={(event) => { if (carried) event.preventDefault() }} onDrop={(event) => { event.preventDefault(); if (carried) void put(carried, cell) }} onDragEnd={() => setCarried(undefined)}
                  >
                    {cell.isAway ? <span className={styles['away']}>Leave</span> : cell.shifts.map((shift) => <span key={shift.id} className={styles['shift']} data-kind={shift.kind}>{shiftWords(shift)}</span>)}
                    {!cell.isAway && cell.shifts.length === 0 && cell.holiday && <span className={styles['away']}>{cell.holiday}</span>}
                  </button>
                </td>
              ))}
              <td className={styles['hours']}>{hours}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles['hint']} role="status">
        {carried ? `${shiftWords(carried.shift)} ${carried.isCopy ? 'copied' : 'taken'}: go to a day and press V, or Esc.` : mayManage ? 'Drag a shift, or: arrows move, Enter changes, C copies, M takes, V puts down, Delete takes away.' : ''}
      </p>
    </>
  )
}
