import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { Chart } from '#shared/domains/encounters/model.chart.ts'
import type { PrescriptionRow } from '#shared/domains/medications/model.ts'
import { drugText } from '#shared/domains/medications/rules.sentence.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo, useRouteParam } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { ChartBanner } from '#renderer/ui/ChartBanner.tsx'
import { count, listDate } from '#renderer/ui/format.ts'
import { AllDone, EmptyState, Notice, QueryState } from '#renderer/ui/states.tsx'
import { Waiting } from './PrescribePage.tsx'
import { alertsOf, staffText } from './view.ts'
import { alertTitle } from './words.ts'
import styles from './Prescribe.module.css'

/** Everything that goes on, written once more as it is. What the chart speaks against is not ticked: it is prescribed anew, with its reason. */
export function RenewPage() {
  const patientId = useRouteParam('patientId')
  const chart = useApiQuery('encounters.openChart', { patientId })
  const renewable = useApiQuery('medications.renewable', { patientId })
  if (!chart.data) return <Waiting query={chart} patientId={patientId} title="Renew" />
  if (!renewable.data) return <Screen title="Renew"><QueryState query={renewable} what="The list of prescriptions" /></Screen>
  return <Renewals chart={chart.data} rows={renewable.data} />
}

function Renewals({ chart, rows }: { chart: Chart; rows: readonly PrescriptionRow[] }) {
  const go = useGo()
  const sign = useCommand('medications.sign')
  const patientId = chart.patient.id
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set())
  const [done, setDone] = useState<readonly PrescriptionRow[]>([])
  const against = (row: PrescriptionRow) => alertsOf(row.order.drug.generic, { allergies: chart.allergies.allergies, medications: chart.medications }, row.statementId).find(({ severity }) => severity === 'severe')
  const chosen = rows.filter((row) => !without.has(row.id) && !against(row))
  const toggle = (id: string) => setWithout(without.has(id) ? new Set([...without].filter((one) => one !== id)) : new Set([...without, id]))
  const renew = () => {
    if (chosen.length === 0 || sign.isRunning) return
    const prescriptions = chosen.map(({ id, order }) => ({ id: newId(), order, renewsId: id }))
    void sign.run({ patientId, encounterId: chart.visit?.encounterId ?? null, prescriptions }).then(setDone, () => undefined)
  }
  const print = () => go(paths.print('prescriptions', patientId), { ids: done.map(({ id }) => id).join(',') })
  const back = () => go(paths.chart(patientId, 'medications'))
  const isDone = done.length > 0
  useKeys([
    { id: 'renew.sign', keys: 'Ctrl+Enter', label: 'Sign all', where: 'Renew', when: () => !isDone, run: renew },
    { id: 'renew.print', keys: 'Ctrl+P', label: 'Print them', where: 'Renew', when: () => isDone, run: print },
    { id: 'renew.back', keys: 'Esc', label: 'Back to chart', where: 'Renew', inFields: true, run: back },
  ])
  return (
    <Screen
      title="Renew" banner={<ChartBanner patient={chart.patient} allergies={chart.allergies} visit={chart.visit} glassUntil={chart.glassUntil} />}
      footer={(
        <div className={styles['foot']}>
          <span className={styles['reason']}>Signed as they were, for as long as they were, with the refills they had.</span>
          <ActionButton keyId="renew.back" onClick={back}>Back to chart</ActionButton>
          {isDone
            ? <ActionButton variant="filled" keyId="renew.print" onClick={print}>Print {count(done.length, 'prescription')}</ActionButton>
            : <ActionButton variant="filled" keyId="renew.sign" running={sign.isRunning} disabledReason={chosen.length === 0 ? 'Nothing is chosen.' : undefined} reasonAt="left" onClick={renew}>Sign {count(chosen.length, 'prescription')}</ActionButton>}
        </div>
      )}
    >
      <div className={styles['list']}>
        {sign.refusal && <Notice tone="bad">{errorText(sign.refusal)}</Notice>}
        {isDone ? <AllDone title={`${count(done.length, 'prescription')} renewed`}>They are signed. Print them for the patient.</AllDone> : <ToRenew rows={rows} without={without} against={against} onToggle={toggle} />}
      </div>
    </Screen>
  )
}

interface ToRenewProps { rows: readonly PrescriptionRow[]; without: ReadonlySet<string>; against: (row: PrescriptionRow) => ReturnType<typeof alertsOf>[number] | undefined; onToggle: (id: string) => void }

function ToRenew({ rows, without, against, onToggle }: ToRenewProps) {
  const zone = useZone()
  const today = useToday()
  if (rows.length === 0) return <EmptyState title="Nothing to renew">What was prescribed here for four weeks or longer, and is still taken, appears here.</EmptyState>
  return (
    <Card title="Goes on" note={rows.length} flush>
      <ul role="list" className={styles['rows']}>
        {rows.map((row) => {
          const alert = against(row)
          return (
            <li key={row.id} className={styles['row']}>
              <Checkbox aria-label={drugText(row.order.drug)} checked={!alert && !without.has(row.id)} disabled={alert !== undefined} onChange={() => onToggle(row.id)} />
              <div className={styles['rowMain']}>
                <p className="unmistakable">{row.sentence}</p>
                <small>{alert ? `${alertTitle(alert)}. Prescribe it anew, with a reason.` : `last signed ${listDate(dateInZone(row.signedAt, zone), today)} by ${staffText(row.prescriber)}`}</small>
              </div>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
