import { useMemo } from 'react'
import type { Clinic } from '#shared/domains/clinic/model.ts'
import type { SheetLine } from '#shared/domains/inventory/model.views.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useActor, useNow } from '#renderer/app/actor.tsx'
import { useGo, useRouteParam } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { PrintNote, tableBlocks } from '#renderer/app/print/parts.tsx'
import { PrintPreview } from '#renderer/app/print/PrintPreview.tsx'
import type { PrintDocument } from '#renderer/app/print/Sheets.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { count, date, time } from '#renderer/ui/format.ts'
import { QueryState } from '#renderer/ui/states.tsx'
import { lotName, placeName } from './view.ts'
import styles from './Stock.module.css'

/** The sheet that somebody takes to the shelf: everything but what should be there. */
export function CountSheetPage() {
  const placeId = useRouteParam('placeId')
  const go = useGo()
  const { clinic, name } = useActor()
  const now = useNow()
  const sheet = useApiQuery('inventory.countSheet', { placeId })
  const places = useApiQuery('inventory.places', {})
  const lines = sheet.data
  const page = useMemo(() => lines && countSheet({ lines, place: placeName(places.data ?? [], placeId), clinic, by: name, now }), [lines, places.data, placeId, clinic, name, now])
  if (!page) return <QueryState query={sheet} what="The sheet" />
  return <PrintPreview documents={[page]} fileName="count-sheet" onClose={() => go(paths.countStock())} />
}

interface Printing { lines: readonly SheetLine[]; place: string; clinic: Clinic; by: string; now: string }

function countSheet({ lines, place, clinic, by, now }: Printing): PrintDocument {
  const today = dateInZone(now, clinic.timeZone)
  return {
    clinic, title: 'Count sheet', subtitle: <>{place} · <strong>{count(lines.length, 'lot')}</strong> · {date(today)}</>,
    foot: `Count of ${place}`, printed: `Printed ${date(today)} ${time(now, clinic.timeZone)} by ${by}`,
    blocks: [
      { key: 'how', node: <PrintNote title="Count what is there">Write how many there are in the unit of the line. A line that stays empty is not counted. What lies here and is not on the sheet goes below the last line.</PrintNote> },
      ...tableBlocks<SheetLine>({
        key: 'lines', rows: lines, rowKey: (line) => line.lotId, zebra: true,
        columns: [
          { title: 'Item', width: '1fr', render: (line) => line.itemName },
          { title: 'Lot', width: '110px', render: (line) => <span className="code">{lotName(line)}</span> },
          { title: 'Expires', width: '90px', render: (line) => (line.expiresOn ? date(line.expiresOn) : 'no date') },
          { title: 'Unit', width: '70px', render: (line) => line.unit },
          { title: 'Counted', width: '90px', render: () => <span className={styles['blank']} /> },
        ],
      }),
      { key: 'hand', node: <PrintNote title="Counted by">Name, date and time</PrintNote> },
    ],
  }
}
