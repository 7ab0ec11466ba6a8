import { useState } from 'react'
import type { Recall } from '#shared/domains/inventory/model.views.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useGo, useRouteParam } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { ageSex, count, dateTime, listName, mrn, phone } from '#renderer/ui/format.ts'
import { EmptyState, Notice, QueryState } from '#renderer/ui/states.tsx'
import { expiryWords, lotName, lotState } from './view.ts'
import styles from './Stock.module.css'

type Row = Recall['uses'][number] & { id: string }

/** Who got something of a lot: for the day on which it is called back. Looking is written down. */
export function RecallPage() {
  const lotId = useRouteParam('lotId')
  const go = useGo()
  const [cursors, setCursors] = useState<readonly string[]>([])
  const query = useApiQuery('inventory.recall', { lotId, limit: 100, after: cursors.at(-1) ?? null }, { keepPrevious: true })
  const next = query.data?.next
  return (
    <Screen
      title="Who got it" meta={query.data && `${query.data.lot.itemName}, lot ${lotName(query.data.lot)}`} body="fill"
      footer={<>
        {cursors.length > 0 && <ActionButton onClick={() => setCursors(cursors.slice(0, -1))}>Newer</ActionButton>}
        {next && <ActionButton onClick={() => setCursors([...cursors, next])}>Older</ActionButton>}
        <ActionButton onClick={() => go(paths.stock())}>To the stock</ActionButton>
      </>}
    >
      <div className={styles['list']}>
        <QueryState query={query} what="The list" />
        {query.data && <Patients recall={query.data} />}
      </div>
    </Screen>
  )
}

function Patients({ recall: { lot, uses, keptBack } }: { recall: Recall }) {
  const go = useGo()
  const today = useToday()
  const zone = useZone()
  const rows: Row[] = uses.map((use) => ({ ...use, id: use.moveId }))
  return (
    <>
      <div className={styles['pages']}>
        <span>{expiryWords(lot.expiresOn, today).words}</span>
        <span className={styles['state']}>{lotState(lot) ?? 'Not in quarantine'}</span>
      </div>
      {keptBack > 0 && <Notice tone="warn" title={`${count(keptBack, 'more patient')} got it.`}>The record is kept from you. Ask the privacy officer, or somebody who may open it, to look here as well.</Notice>}
      <DataTable
        label="Patients who got it" rows={rows} onOpen={(row) => go(paths.openPatient(row.patient.id))}
        empty={keptBack > 0 ? <span /> : <EmptyState title="Nobody got anything of this lot">Whoever is given something of it from now on is shown here.</EmptyState>}
        columns={[
          { accessor: 'patient', title: 'Patient', render: ({ patient }) => <><span className={styles['name']}>{listName(patient)}</span> <span className={styles['quiet']}>{ageSex(patient.birthDate, patient.sex, today)}</span></> },
          { accessor: 'mrn', title: 'MRN', width: 110, render: ({ patient }) => <span className="code">{mrn(patient.mrn)}</span> },
          { accessor: 'phone', title: 'Phone', width: 150, render: ({ patient }) => (patient.phone ? phone(patient.phone.replace(/^\+1/, '')) : '—') },
          { accessor: 'at', title: 'When', width: 180, render: ({ usedAt }) => dateTime(usedAt, zone, today) },
          { accessor: 'quantity', title: 'How many', width: 100, textAlign: 'right', render: ({ quantity }) => quantity },
        ]}
      />
    </>
  )
}
