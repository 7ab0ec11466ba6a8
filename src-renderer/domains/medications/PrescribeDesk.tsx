import type { Chart, Visit } from '#shared/domains/encounters/model.chart.ts'
import type { PrescriptionOrder } from '#shared/domains/medications/model.ts'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { ChartBanner } from '#renderer/ui/ChartBanner.tsx'
import { count } from '#renderer/ui/format.ts'
import { IconPrinter } from '#renderer/ui/icons.ts'
import { EmptyState, Notice } from '#renderer/ui/states.tsx'
import { DrugColumn } from './DrugColumn.tsx'
import { OrderForm } from './OrderForm.tsx'
import { SignedNow } from './SignedNow.tsx'
import { usePrescribing, type Prescribing } from './usePrescribing.ts'
import styles from './Prescribe.module.css'

interface DeskProps {
  chart: Pick<Chart | Visit, 'patient' | 'allergies' | 'medications' | 'visit' | 'glassUntil'>
  encounterId: string | null
  indications: readonly NonNullable<PrescriptionOrder['indication']>[]
  /** What a new one is for until somebody says otherwise. */
  mainIndication: PrescriptionOrder['indication']
  back: { path: string; words: string }
}

/** Search and favourites at the left; at the right the form, the sentence that will be printed, and what speaks against it. */
export function PrescribeDesk({ chart, encounterId, indications, mainIndication, back }: DeskProps) {
  const go = useGo()
  const { patient, allergies, medications } = chart
  const facts = { allergies: allergies.allergies, medications }
  const rx = usePrescribing({ patientId: patient.id, encounterId, facts, indication: mainIndication })
  const print = () => go(paths.print('prescriptions', patient.id), { ids: rx.signed.map(({ id }) => id).join(',') })
  useKeys([
    { id: 'rx.sign', keys: 'Ctrl+Enter', label: rx.maySign ? 'Sign prescription' : 'Make it ready to sign', where: 'Prescribe', when: () => rx.order !== undefined, run: rx.submit },
    { id: 'rx.print', keys: 'Ctrl+P', label: 'Print what was signed', where: 'Prescribe', when: () => rx.signed.length > 0, run: print },
    { id: 'rx.back', keys: 'Esc', label: back.words, where: 'Prescribe', inFields: true, run: () => go(back.path) },
  ])
  return (
    <Screen
      title="Prescribe" body="fill" banner={<ChartBanner patient={patient} allergies={allergies} visit={chart.visit} glassUntil={chart.glassUntil} />}
      footer={<Foot rx={rx} back={back.words} onBack={() => go(back.path)} onPrint={print} />}
    >
      <div className={styles['columns']}>
        <DrugColumn rx={rx} facts={facts} patientId={patient.id} />
        <div className={styles['form']} data-region="form">
          {rx.refusal && <Notice tone="bad">{errorText(rx.refusal)}</Notice>}
          {allergies.state === 'not-asked' && <Notice tone="warn" title="Allergies were not asked.">Nothing can be checked against them.</Notice>}
          {rx.order ? <OrderForm rx={rx} order={rx.order} indications={indications} /> : rx.signed.length === 0 && <EmptyState title="Choose a drug">Type its name, or press Ctrl and the number of a favourite. The sentence that will be printed appears here.</EmptyState>}
          <SignedNow rows={rx.signed} />
        </div>
      </div>
    </Screen>
  )
}

function Foot({ rx, back, onBack, onPrint }: { rx: Prescribing; back: string; onBack: () => void; onPrint: () => void }) {
  const reason = whyNot(rx)
  return (
    <div className={styles['foot']}>
      <span id="rx-reason" className={styles['reason']} data-tone={reason ? 'bad' : undefined}>
        {reason ?? (rx.maySign ? 'A signed prescription does not change: it is cancelled and written anew.' : 'A doctor signs it. Warnings are judged then.')}
      </span>
      <ActionButton keyId="rx.back" onClick={onBack}>{back}</ActionButton>
      {rx.signed.length > 0 && <ActionButton variant={rx.order ? 'default' : 'filled'} keyId="rx.print" icon={<IconPrinter size={16} stroke={1.7} />} onClick={onPrint}>Print {count(rx.signed.length, 'prescription')}</ActionButton>}
      {rx.order && (
        <ActionButton variant="filled" keyId="rx.sign" running={rx.isRunning} disabledReason={reason} reasonId="rx-reason" onClick={rx.submit}>
          {rx.maySign ? 'Sign prescription' : 'Make ready to sign'}
        </ActionButton>
      )}
    </div>
  )
}

function whyNot(rx: Prescribing): string | undefined {
  if (rx.order && rx.maySign && rx.open.length > 0) return 'Choose another drug, or a reason to go on.'
  if (rx.isTried && rx.problems.length > 0) return 'Something is missing. Look at the marked field.'
  return undefined
}
