import { useState } from 'react'
import type { DuplicatePair } from '#shared/domains/patients/model.merge.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { type Column, DataTable } from '#renderer/ui/DataTable.tsx'
import { ageSex, count, listName, mrn } from '#renderer/ui/format.ts'
import { AllDone, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import styles from './Merge.module.css'
import { MergePanel } from './MergePanel.tsx'
import { reasonsText } from './words.merge.ts'

type Row = DuplicatePair & { id: string }

/** Charts that may be one person's, likeliest first, and the two of the chosen pair side by side. */
export function DuplicatesPage() {
  const list = useApiQuery('patients.duplicates', {}, { keepPrevious: true })
  const [chosenId, setChosenId] = useState<string>()
  const rows = (list.data?.pairs ?? []).map((pair): Row => ({ ...pair, id: `${pair.a.id} ${pair.b.id}` }))
  const chosen = rows.find((row) => row.id === chosenId) ?? rows[0]
  return (
    <Screen
      title="Likely duplicates" body="fill"
      meta={list.data && (rows.length === 0 ? 'nobody twice' : `${count(rows.length, 'pair')}${list.data.next ? ' and more' : ''} to look at`)}
      aside={chosen && <MergePanel key={chosen.id} aId={chosen.a.id} bId={chosen.b.id} />} asideWidth="min(620px, 52vw)"
    >
      <QueryState query={list} what="The list of likely duplicates" />
      {list.data && rows.length === 0 && <AllDone title="Nobody stands here twice">Two charts that look like one person appear here, whoever made them: after a registration, a change, an import or the other machines’ news.</AllDone>}
      {rows.length > 0 && <PairTable rows={rows} chosen={chosen} onChoose={(row) => setChosenId(row.id)} />}
    </Screen>
  )
}

function PairTable({ rows, chosen, onChoose }: { rows: readonly Row[]; chosen: Row | undefined; onChoose: (row: Row) => void }) {
  const today = useToday()
  const who = ({ a, b }: Row) => (
    <span className={styles['pair']}>
      {[a, b].map((one) => (
        <span key={one.id}>
          <b>{listName(one)}</b> {ageSex(one.birthDate, one.sex, today)} · <span className="code">{mrn(one.mrn)}</span>
        </span>
      ))}
    </span>
  )
  const columns: Column<Row>[] = [
    { accessor: 'who', title: 'Two charts', render: who },
    { accessor: 'why', title: 'Alike in', width: 170, render: (row) => <span className={styles['why']}>{reasonsText(row.comparisons)}</span> },
    { accessor: 'score', title: 'Score', width: 132, textAlign: 'right', render: (row) => <Tag tone={row.likelihood === 'likely' ? 'warn' : 'plain'}>{row.likelihood === 'likely' ? 'Likely' : 'Possible'} {row.score}</Tag> },
  ]
  return (
    <div className={styles['list']}>
      <DataTable label="Likely duplicates" rows={rows} columns={columns} activeId={chosen?.id} onActiveChange={onChoose} tall />
    </div>
  )
}
