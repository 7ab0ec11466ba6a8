import { useState } from 'react'
import type { Approval } from '#shared/domains/approvals/model.ts'
import { useMay, useToday, useZone } from '#renderer/app/actor.tsx'
import { useContributions } from '#renderer/app/places.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { Card } from '#renderer/ui/Card.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { count, dateTime } from '#renderer/ui/format.ts'
import { AllDone, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { ApprovalDetail } from './ApprovalDetail.tsx'
import { sectionsOf, type Section } from './view.ts'
import { stateTone, stateWords } from './words.ts'
import styles from './Approvals.module.css'

/** Acts that take two people: what waits for this person, what this person waits for, and what one did alone. */
export function ApprovalsPage() {
  const open = useApiQuery('approvals.listOpen', {})
  const mine = useApiQuery('approvals.listMine', {})
  const mayReview = useMay('clinic.manage')
  const alone = useApiQuery('approvals.listAlone', {}, { enabled: mayReview })
  const [chosenId, setChosen] = useState<string>()
  const sections = sectionsOf({ open: open.data ?? [], mine: mine.data ?? [], alone: alone.data })
  const rows = sections.flatMap((section) => section.rows)
  const chosen = rows.find((row) => row.id === chosenId) ?? rows[0]
  const toDecide = sections.find((section) => section.id === 'decide')?.rows.length ?? 0
  return (
    <Screen
      title="Approvals" meta={open.data && (toDecide === 0 ? 'nothing waits for you' : `${count(toDecide, 'request')} for you`)}
      aside={chosen && <ApprovalDetail key={chosen.id} approval={chosen} />} asideWidth={420}
    >
      <QueryState query={open} what="The list of approvals" />
      {open.data && rows.length === 0 && <AllDone title="Nothing waits for a second person">What takes two people, like voiding an invoice or changing a role, appears here.</AllDone>}
      <div className={styles['sections']}>
        {sections.map((section, index) => (
          <SectionCard key={section.id} section={section} chosenId={chosen?.id} onChoose={(row) => setChosen(row.id)} letterKeys={index === 0} />
        ))}
      </div>
    </Screen>
  )
}

interface SectionCardProps { section: Section; chosenId: string | undefined; onChoose: (row: Approval) => void; letterKeys: boolean }

function SectionCard({ section: { title, note, rows }, chosenId, onChoose, letterKeys }: SectionCardProps) {
  const titleOf = useTitles()
  const zone = useZone()
  const today = useToday()
  return (
    <Card title={title} note={note} flush>
      <DataTable
        label={title} rows={rows} activeId={rows.some((row) => row.id === chosenId) ? chosenId : undefined} onActiveChange={onChoose} letterKeys={letterKeys}
        columns={[
          { accessor: 'act', title: 'Act', width: 190, render: (row) => <span className={styles['act']}>{titleOf(row.procedure)}</span> },
          { accessor: 'reason', title: 'Why', render: (row) => row.reason },
          { accessor: 'by', title: 'Asked by', width: 130, render: (row) => (row.isOwn ? 'You' : row.requestedBy.name) },
          { accessor: 'at', title: 'When', width: 150, render: (row) => dateTime(row.requestedAt, zone, today) },
          { accessor: 'state', title: 'State', width: 170, render: (row) => <Tag tone={stateTone(row)}>{stateWords(row)}</Tag> },
        ]}
      />
    </Card>
  )
}

/** "billing.voidInvoice" → "Void an invoice", by the domain it belongs to. */
export function useTitles(): (procedure: string) => string {
  const words = useContributions().flatMap((contribution) => contribution.approvals ?? [])
  return (procedure) => words.find((one) => one.procedure === procedure)?.title ?? procedure
}
