import { useState } from 'react'
import { useCarried, useRouteParam } from '#renderer/app/navigation.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { PatientBanner } from '#renderer/ui/PatientBanner.tsx'
import { EmptyState, QueryState } from '#renderer/ui/states.tsx'
import { AccountFigures, InvoicesCard, Payments, ReceiptsCard, Statement } from './AccountDetail.tsx'
import { FamilyAccountCard } from './FamilyAccountCard.tsx'
import { MissedFeesCard } from './MissedFeesCard.tsx'
import styles from './billing.module.css'

/** A patient's money: what is due, what was paid ahead, and every line of the ledger with its running balance. */
export function AccountPage() {
  const patientId = useRouteParam('patientId')
  const { act } = useCarried()
  const [isFamilyPaying, setFamilyPaying] = useState(false)
  const [pages, setPages] = useState<readonly number[]>([])
  const query = useApiQuery('billing.account', { patientId, before: pages.at(-1) ?? null, limit: 50 }, { keepPrevious: true })
  const account = query.data
  return (
    <Screen title="Account" banner={account && <PatientBanner patient={account.patient} />}>
      <QueryState query={query} what="The account" />
      {account && (
        <div className={styles['stack']}>
          <AccountFigures account={account} />
          <div className={styles['two']}>
            <div className={styles['stack']}>
              {account.statement.length === 0 ? (
                <EmptyState title="Nothing on this account yet">Charges appear here when a visit is billed, payments when they are taken.</EmptyState>
              ) : (
                <Statement account={account} note="newest first; nothing here is ever changed, only added to" />
              )}
              <div className={styles['foot']}>
                {pages.length > 0 && <ActionButton onClick={() => setPages(pages.slice(0, -1))}>Newer</ActionButton>}
                {account.next !== null && <ActionButton onClick={() => account.next !== null && setPages([...pages, account.next])}>Older</ActionButton>}
              </div>
            </div>
            <div className={styles['stack']}>
              <FamilyAccountCard key={patientId} patientId={patientId} isPaying={isFamilyPaying} setPaying={setFamilyPaying} />
              {/* One form for money at a time: Ctrl Enter must not be about another sum than the one looked at. */}
              {!isFamilyPaying && <Payments account={account} startFocused={act === 'pay'} />}
              <MissedFeesCard patientId={patientId} />
              <InvoicesCard account={account} />
              <ReceiptsCard account={account} />
            </div>
          </div>
        </div>
      )}
    </Screen>
  )
}
