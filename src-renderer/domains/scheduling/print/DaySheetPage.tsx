import { useMemo } from 'react'
import type { Clinic } from '#shared/domains/clinic/model.ts'
import { dateInZone, type Instant, type PlainDate } from '#shared/kernel/time.ts'
import { useActor, useNow, useToday } from '#renderer/app/actor.tsx'
import { useOptionalRouteParam, useRouteParam } from '#renderer/app/navigation.ts'
import { PrintColumns, PrintNote, tableBlocks } from '#renderer/app/print/parts.tsx'
import { PrintPreview } from '#renderer/app/print/PrintPreview.tsx'
import type { PrintDocument } from '#renderer/app/print/Sheets.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { count, date as dateWords, longDate, time } from '#renderer/ui/format.ts'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { daySheets, type DaySheet, type SheetLine } from './view.day-sheet.ts'
import styles from './DaySheet.module.css'

/** The clinic on paper, for when the screens are dark: a sheet for each provider, or for one. */
export function DaySheetPage() {
  const [asked, today] = [useRouteParam('date'), useToday()]
  const date = asked === 'today' ? today : asked
  const providerId = useOptionalRouteParam('providerId')
  const { clinic, name } = useActor()
  const now = useNow()
  const day = useApiQuery('scheduling.listDay', { date })
  const waitList = useApiQuery('scheduling.listWaitList', {})
  const documents = useMemo(() => {
    if (!day.data || !waitList.data) return undefined
    const sheets = daySheets(day.data, providerId, { zone: clinic.timeZone, now, waitList: waitList.data })
    return sheets.map((sheet) => documentOf(sheet, { clinic, date, by: name, now }))
  }, [day.data, waitList.data, providerId, clinic, date, name, now])
  if (!documents) return <QueryState query={day.data ? waitList : day} what="The day sheet" />
  if (documents.length === 0) return <PrintPreview documents={[nobody({ clinic, date, by: name, now })]} fileName={`day-sheet-${date}`} />
  return <PrintPreview documents={documents} fileName={`day-sheet-${date}`} />
}

interface Printing { clinic: Clinic; date: PlainDate; by: string; now: Instant }

/** What every sheet of the day has, whoever it is about. */
const frameOf = ({ clinic, by, now }: Printing): Pick<PrintDocument, 'clinic' | 'title' | 'foot' | 'printed'> => ({
  clinic, title: 'Day sheet', foot: 'Contains patient data: shred after use',
  printed: `Printed ${dateWords(dateInZone(now, clinic.timeZone))} ${time(now, clinic.timeZone)} by ${by}`,
})

const nobody = (printing: Printing): PrintDocument => ({
  ...frameOf(printing), subtitle: longDate(printing.date), blocks: [{ key: 'nobody', node: <EmptyState title="Nobody is in">No provider has hours on this day, and no visit is booked.</EmptyState> }],
})

function documentOf(sheet: DaySheet, printing: Printing): PrintDocument {
  const { clinic, date, now } = printing
  return {
    ...frameOf(printing), subtitle: `${sheet.provider} · ${longDate(date)}`,
    blocks: [
      { key: 'facts', node: <Facts sheet={sheet} asOf={time(now, clinic.timeZone)} /> },
      ...tableBlocks<SheetLine>({
        key: 'lines', rows: sheet.lines, rowKey: (line) => line.id, zebra: true,
        columns: [
          { title: 'Time', width: '42px', align: 'right', render: (line) => <strong>{line.time}</strong> },
          { title: 'Min', width: '34px', align: 'right', render: (line) => line.minutes },
          { title: 'Patient', width: 'minmax(0, 1.1fr)', render: (line) => <strong>{line.patient}</strong> },
          { title: 'Age', width: '44px', render: (line) => line.ageSex },
          { title: 'MRN', width: '58px', render: (line) => line.mrn },
          { title: 'Visit', width: 'minmax(0, 1.4fr)', render: (line) => line.visit },
          { title: 'Room', width: '54px', render: (line) => line.room },
          { title: 'Phone', width: '106px', render: (line) => <span className={styles['whole']}>{line.phone}</span> },
          { title: 'Seen', width: '46px', render: (line) => line.mark ?? <span className={styles['box']} /> },
        ],
      }),
      {
        key: 'notes', node: (
          <PrintColumns>
            <PrintNote title="Wait list that fits">{sheet.waiting.length === 0 ? 'Nobody fits a free time of this day.' : sheet.waiting.map((line) => <span key={line} className={styles['waiting']}>{line}</span>)}</PrintNote>
            <PrintNote title="Notes">
              <span className={styles['room']} />
            </PrintNote>
          </PrintColumns>
        ),
      },
    ],
  }
}

function Facts({ sheet, asOf }: { sheet: DaySheet; asOf: string }) {
  return (
    <div className={styles['facts']}>
      <strong>{count(sheet.lines.length, 'appointment')}</strong>
      {sheet.rooms && <span>{sheet.rooms}</span>}
      {sheet.breaks && <span>Break {sheet.breaks}</span>}
      <span className={styles['asOf']}>as of {asOf}</span>
    </div>
  )
}
