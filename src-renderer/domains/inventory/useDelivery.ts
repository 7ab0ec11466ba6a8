import { useState } from 'react'
import type { StockRow } from '#shared/domains/inventory/model.views.ts'
import { lotNumberOf } from '#shared/domains/inventory/rules.ts'
import type { Scan } from '#shared/domains/inventory/rules.scan.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { count } from '#renderer/ui/format.ts'
import { showToast } from '#renderer/ui/toast-store.ts'
import { wholeNumber } from './view.ts'

/** A box as it is typed. */
export interface Line {
  key: string
  itemId: string
  itemName: string
  unit: string
  /** Drugs and vaccines have a date; a swab may have none. */
  needsDate: boolean
  lotNumber: string
  expiresOn: string | undefined
  quantity: string
  costCents: number | undefined
}

type Problems = Partial<Record<'lotNumber' | 'expiresOn' | 'quantity', string>>

export type Delivery = ReturnType<typeof useDelivery>

/** A delivery that is being written down. Its id stays while it is tried again: received twice, it is one. */
export function useDelivery(firstPlaceId: string) {
  const go = useGo()
  const [id] = useState(newId)
  const [placeId, setPlaceId] = useState(firstPlaceId)
  const [lines, setLines] = useState<readonly Line[]>([])
  const [wasTried, setTried] = useState(false)
  const [isRunning, setRunning] = useState(false)
  const [refused, setRefused] = useState<string>()
  const [badLine, setBadLine] = useState<number>()

  const add = (item: StockRow, scan: Scan) => setLines((before) => [...before, {
    key: newId(), itemId: item.id, itemName: item.name, unit: item.unit, needsDate: item.kind !== 'supply', lotNumber: scan.lotNumber ?? '', expiresOn: scan.expiresOn, quantity: '', costCents: undefined,
  }])
  const change = (key: string, fields: Partial<Line>) => setLines((before) => before.map((line) => (line.key === key ? { ...line, ...fields } : line)))
  const remove = (key: string) => setLines((before) => before.filter((line) => line.key !== key))
  const submit = () => {
    setTried(true)
    setBadLine(undefined)
    if (isRunning || lines.length === 0 || lines.some((line) => Object.keys(problemsIn(line)).length > 0)) return
    setRunning(true)
    setRefused(undefined)
    void api.inventory.receive({ id, placeId, lines: lines.map(toInput) })
      .then(() => {
        showToast({ text: 'Received', strong: count(lines.length, 'line') })
        go(paths.stock())
      })
      .catch((error: unknown) => {
        setRefused(errorText(error))
        if (error instanceof Refusal && error.code === 'LOT_DATES_DIFFER') setBadLine((error.data as { line: number }).line) // As the contract declares it.
      })
      .finally(() => setRunning(false))
  }
  return { placeId, setPlaceId, lines, add, change, remove, submit, isRunning, refused, badLine, problemsOf: (line: Line): Problems => (wasTried ? problemsIn(line) : {}) }
}

function problemsIn(line: Line): Problems {
  return {
    ...(line.needsDate && line.lotNumber.trim() === '' ? { lotNumber: 'The number stands on the box after LOT.' } : {}),
    ...(line.needsDate && line.expiresOn === undefined ? { expiresOn: 'The date stands on the box after EXP.' } : {}),
    ...(wholeNumber(line.quantity) ? {} : { quantity: 'Write a whole number above zero.' }),
  }
}

const toInput = (line: Line) => ({
  itemId: line.itemId, lotNumber: lotNumberOf(line.lotNumber), expiresOn: line.expiresOn ?? null, quantity: wholeNumber(line.quantity) ?? 0, costCents: line.costCents ?? null,
})
