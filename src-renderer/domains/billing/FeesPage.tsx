import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { FeeItem } from '#shared/domains/billing/model.ts'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DataTable } from '#renderer/ui/DataTable.tsx'
import { IconPlus } from '#renderer/ui/icons.ts'
import { Money } from '#renderer/ui/Money.tsx'
import { EmptyState, Notice, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { FeePanel } from './FeePanel.tsx'
import { proposalWords } from './view.fees.ts'
import { feeKindWords } from './words.ts'
import styles from './billing.module.css'

/** What the clinic charges for, in its own codes and words. */
export function FeesPage() {
  const query = useApiQuery('billing.listFees', {})
  const [edited, setEdited] = useState<FeeItem | 'new'>()
  const [activeId, setActiveId] = useState<string>()
  const [which, setWhich] = useState<'offered' | 'all'>('offered')
  useKeys([{ id: 'fees.new', keys: 'N', label: 'New fee', where: 'Fees', run: () => setEdited('new') }])
  const all = query.data ?? []
  const rows = all.filter((fee) => which === 'all' || fee.isActive)
  return (
    <Screen
      title="Fee schedule" meta="the clinic’s own codes and words" body="fill"
      filter={<SegmentedControl aria-label="Which fees" value={which} onChange={(value) => setWhich(value === 'all' ? 'all' : 'offered')} data={[{ value: 'offered', label: 'Offered' }, { value: 'all', label: 'All' }]} />}
      footer={<ActionButton variant="filled" keyId="fees.new" icon={<IconPlus size={16} stroke={1.8} />} onClick={() => setEdited('new')}>New fee</ActionButton>}
    >
      <div className={styles['list']}>
        <QueryState query={query} what="The fee schedule" />
        {query.data && (
          <DataTable
            label="Fees" rows={rows} activeId={activeId} onActiveChange={(row) => setActiveId(row.id)} onOpen={setEdited} empty={<NoFees hasHidden={all.length > 0} />}
            columns={[
              { accessor: 'code', title: 'Code', width: 110, render: (fee) => <span className="code">{fee.code}</span> },
              { accessor: 'label', title: 'Words on the invoice', render: (fee) => <><span className={fee.isActive ? styles['name'] : styles['inactive']}>{fee.label}</span> {!fee.isActive && <Tag>Not offered</Tag>}</> },
              { accessor: 'kind', title: 'Kind', width: 100, render: (fee) => <span className={styles['quiet']}>{feeKindWords[fee.kind]}</span> },
              { accessor: 'proposed', title: 'Proposed for', width: 190, render: (fee) => <span className={styles['quiet']}>{proposalWords(fee.proposeWhen)}</span> },
              { accessor: 'price', title: 'Price', width: 110, textAlign: 'right', render: (fee) => <Money cents={fee.priceCents} /> },
            ]}
          />
        )}
      </div>
      {edited && <FeePanel key={edited === 'new' ? 'new' : edited.id} fee={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />}
    </Screen>
  )
}

function NoFees({ hasHidden }: { hasHidden: boolean }) {
  const starter = useCommand('billing.addStarterFees')
  if (hasHidden) return <EmptyState title="No fee is offered now">Look under All to offer one again.</EmptyState>
  return (
    <EmptyState
      title="The clinic has no fees yet"
      action={<ActionButton variant="filled" running={starter.isRunning} onClick={() => void starter.run({}).catch(() => undefined)}>Start with a small list</ActionButton>}
    >
      A list of 27 fees to begin with. Change the codes, words and prices to yours, or add your own one by one.
      {starter.refusal && <Notice tone="bad">{errorText(starter.refusal)}</Notice>}
    </EmptyState>
  )
}
