import { useState } from 'react'
import type { Chart } from '#shared/domains/encounters/model.chart.ts'
import type { CancelReason, PrescriptionRow } from '#shared/domains/medications/model.ts'
import { prescriptionNumber, stateOf } from '#shared/domains/medications/rules.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useMay, useToday, useZone } from '#renderer/app/actor.tsx'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo, useRouteParam } from '#renderer/app/navigation.ts'
import { usePending } from '#renderer/app/network/state.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { ChartBanner } from '#renderer/ui/ChartBanner.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { listDate } from '#renderer/ui/format.ts'
import { EmptyState, Notice, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { Unconfirmed } from '#renderer/ui/Unconfirmed.tsx'
import { Waiting } from './PrescribePage.tsx'
import { staffText } from './view.ts'
import { cancelChoices, cancelWords } from './words.ts'
import styles from './Prescribe.module.css'

const PAGE = 50

/** Everything that was prescribed to one patient, newest first. */
export function PrescriptionsPage() {
  const patientId = useRouteParam('patientId')
  const chart = useApiQuery('encounters.openChart', { patientId })
  if (!chart.data) return <Waiting query={chart} patientId={patientId} title="Prescriptions" />
  return <Prescriptions chart={chart.data} />
}

function Prescriptions({ chart }: { chart: Chart }) {
  const go = useGo()
  const patientId = chart.patient.id
  const [limit, setLimit] = useState(PAGE)
  const [cancelling, setCancelling] = useState<PrescriptionRow>()
  const found = useApiQuery('medications.list', { patientId, limit: Math.min(limit, 100) }, { keepPrevious: true })
  const maySign = useMay('prescription.sign')
  useKeys([
    ...(maySign ? [{ id: 'prescriptions.renew', keys: 'Shift+R', label: 'Renew all', where: 'Prescriptions', run: () => go(paths.renew(patientId)) }] : []),
    { id: 'prescriptions.new', keys: 'Alt+R', label: 'Prescribe', where: 'Prescriptions', run: () => go(paths.prescribe(patientId)) },
    { id: 'prescriptions.back', keys: 'Esc', label: 'Back to chart', where: 'Prescriptions', run: () => go(paths.chart(patientId, 'medications')) },
  ])
  return (
    <Screen
      title="Prescriptions" banner={<ChartBanner patient={chart.patient} allergies={chart.allergies} visit={chart.visit} glassUntil={chart.glassUntil} />}
      footer={(
        <div className={styles['foot']}>
          <span className={styles['reason']}>A signed prescription does not change: it is cancelled and written anew.</span>
          <ActionButton keyId="prescriptions.back" onClick={() => go(paths.chart(patientId, 'medications'))}>Back to chart</ActionButton>
          {maySign && <ActionButton keyId="prescriptions.renew" onClick={() => go(paths.renew(patientId))}>Renew all</ActionButton>}
          <ActionButton variant="filled" keyId="prescriptions.new" onClick={() => go(paths.prescribe(patientId))}>Prescribe</ActionButton>
        </div>
      )}
    >
      <div className={styles['list']}>
        {!found.data ? <QueryState query={found} what="The list of prescriptions" /> : found.data.length === 0 ? <EmptyState title="Nothing was prescribed yet">Prescriptions that are signed here appear in this list.</EmptyState> : (
          <Card title="Prescriptions" note={found.data.length} flush>
            <ul role="list" className={styles['rows']}>
              {found.data.map((row) => <Row key={row.id} row={row} onCancel={maySign && !row.cancellation ? () => setCancelling(row) : undefined} />)}
            </ul>
          </Card>
        )}
        {found.data?.length === limit && limit < 100 && <ActionButton variant="subtle" onClick={() => setLimit(limit + PAGE)}>Show older ones</ActionButton>}
      </div>
      {cancelling && <CancelDialog row={cancelling} onClose={() => setCancelling(undefined)} />}
    </Screen>
  )
}

function Row({ row, onCancel }: { row: PrescriptionRow; onCancel: (() => void) | undefined }) {
  const go = useGo()
  const zone = useZone()
  const today = useToday()
  const isPending = usePending()
  const mayPrint = useMay('prescription.prepare') && !row.cancellation
  const state = stateOf(row)
  const facts = [
    listDate(dateInZone(row.signedAt, zone), today), staffText(row.prescriber), row.order.indication?.label, row.prints === 0 ? 'not printed' : `printed ${row.prints === 1 ? 'once' : `${row.prints} times`}`,
    row.cancellation && `cancelled: ${cancelWords(row.cancellation.reason).toLowerCase()}`,
  ]
  return (
    <li className={styles['row']} data-over={row.cancellation ? true : undefined}>
      <div className={styles['rowMain']}>
        <p className="unmistakable">{row.sentence}</p>
        <small><span className="code">{prescriptionNumber(row.id)}</span> · {facts.filter(Boolean).join(' · ')}</small>
      </div>
      {row.alerts.some(({ severity }) => severity === 'severe') && <Tag tone="warn">Against a warning</Tag>}
      {state === 'cancelled' && <Tag tone="bad">Cancelled</Tag>}
      {state === 'renewed' && <Tag tone="info">Renewed</Tag>}
      {isPending('medication_requests', row.id) && <Unconfirmed>clinic check pending</Unconfirmed>}
      {mayPrint && <ActionButton variant="subtle" size="compact-xs" aria-label={`Print ${row.sentence}`} onClick={() => go(paths.print('prescriptions', row.patientId), { ids: row.id })}>{row.prints > 0 ? 'Print a copy' : 'Print'}</ActionButton>}
      {onCancel && <ActionButton variant="subtle" size="compact-xs" aria-label={`Cancel ${row.sentence}`} onClick={onCancel}>Cancel it</ActionButton>}
    </li>
  )
}

/** It cannot be undone, so it is asked: one key is the reason and the act. */
function CancelDialog({ row, onClose }: { row: PrescriptionRow; onClose: () => void }) {
  return (
    <Dialog title="Why is this prescription cancelled?" onClose={onClose} size={520}>
      <Reasons row={row} onClose={onClose} />
    </Dialog>
  )
}

function Reasons({ row, onClose }: { row: PrescriptionRow; onClose: () => void }) {
  const cancel = useCommand('medications.cancel')
  const run = (reason: CancelReason) => void cancel.run({ id: row.id, reason }).then(() => {
    showToast({ text: 'Cancelled. Tell the pharmacy if the paper is out:', strong: prescriptionNumber(row.id) })
    onClose()
  }, () => undefined)
  useKeys(cancelChoices.map(({ key, reason, words }) => ({ id: `cancel-rx.${reason}`, keys: key, label: words, where: 'Cancel prescription', run: () => run(reason) })))
  return (
    <>
      <p className="unmistakable">{row.sentence}</p>
      {cancel.refusal && <Notice tone="bad">{errorText(cancel.refusal)}</Notice>}
      <ul role="list" className={styles['options']} aria-label="Reasons">
        {cancelChoices.map(({ key, reason, words }, i) => (
          <li key={reason}>
            <button type="button" className={styles['option']} autoFocus={i === 0} onClick={() => run(reason)}>
              <b>{words}</b>
              <KeyHint keys={key} />
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
