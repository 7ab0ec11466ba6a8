import { useMemo } from 'react'
import type { CsvImport } from '#shared/domains/migration/csv/contract.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useActor, useNow, useZone } from '#renderer/app/actor.tsx'
import { useGo, useRouteParam } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { tableBlocks } from '#renderer/app/print/parts.tsx'
import { PrintPreview } from '#renderer/app/print/PrintPreview.tsx'
import type { PrintDocument } from '#renderer/app/print/Sheets.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { proofLines } from './CsvReportCards.tsx'
import { stageWords } from './words.csv.ts'

/** The verification report of an import on paper: counts, sums and links, and no patient's name. */
export function CsvPrintPage() {
  const id = useRouteParam('importId')
  const go = useGo()
  const query = useApiQuery('migration.listCsv', {})
  const run = query.data?.find((one) => one.id === id)
  const back = () => go(paths.importTable())
  if (!query.data) return <QueryState query={query} what="The report" />
  if (!run) return <EmptyState title="This import is not on the list" action={<ActionButton onClick={back}>To the imports</ActionButton>} />
  return <Preview run={run} onClose={back} />
}

function Preview({ run, onClose }: { run: CsvImport; onClose: () => void }) {
  const { clinic, name } = useActor()
  const zone = useZone()
  const now = useNow()
  const page = useMemo((): PrintDocument => {
    const at = (instant: string) => dateTime(instant, zone, dateInZone(now, zone))
    const lines = [...proofLines(run).map((line) => ({ ...line, value: `${line.value}${line.isGood === undefined ? '' : line.isGood ? ', as it should be' : ', DIFFERS'}` })), { key: 'stage', what: 'How it stands', value: stageWords[run.stage] }, { key: 'by', what: 'Imported by', value: run.stagedBy }]
    return {
      clinic, title: 'Verification of an import', subtitle: run.committedAt ? at(run.committedAt) : '', foot: 'Counted in the records after the import, not by it', printed: `Printed ${at(now)} by ${name}`,
      blocks: tableBlocks({ key: 'proof', rows: lines, rowKey: (line) => line.key, columns: [{ title: 'What', width: '230px', render: (line) => line.what }, { title: '', width: '1fr', render: (line) => line.value }] }),
    }
  }, [run, clinic, name, now, zone])
  return <PrintPreview documents={[page]} fileName="import-verification" onClose={onClose} />
}
