import { type RefObject, useCallback, useState } from 'react'
import { flushSync } from 'react-dom'

const drawAllUpTo = 200
const margin = 20

interface Options {
  scroller: RefObject<HTMLElement | null>
  amount: number
  rowHeight: number
}

interface WindowedRows {
  from: number
  to: number
  /** Height of the rows that are not drawn. */
  before: number
  after: number
  onScroll: () => void
  /** Draws the row at this place now, so that it can take the focus. */
  show: (index: number) => void
}

/** Above 200 rows only those near the visible part are drawn; below, all of them. */
export function useWindowedRows({ scroller, amount, rowHeight }: Options): WindowedRows {
  const [top, setTop] = useState(0)
  const onScroll = useCallback(() => {
    if (amount > drawAllUpTo) setTop(scroller.current?.scrollTop ?? 0)
  }, [scroller, amount])
  const height = 1200
  const isAll = amount <= drawAllUpTo
  const from = isAll ? 0 : Math.max(0, Math.min(Math.floor(top / rowHeight) - margin, amount - 1))
  const to = isAll ? amount : Math.min(amount, Math.ceil((top + height) / rowHeight) + margin)

  const show = useCallback(
    (index: number) => {
      const element = scroller.current
      if (!element || amount <= drawAllUpTo) return
      const at = index * rowHeight
      const isVisible = at >= element.scrollTop && at + 2 * rowHeight <= element.scrollTop + element.clientHeight
      if (isVisible) return
      element.scrollTo({ top: Math.max(0, at - element.clientHeight / 2) })
      flushSync(() => setTop(element.scrollTop))
    },
    [scroller, amount, rowHeight],
  )
  return { from, to, before: from * rowHeight, after: (amount - to) * rowHeight, onScroll, show }
}
