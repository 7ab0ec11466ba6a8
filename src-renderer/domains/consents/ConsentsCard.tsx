import { useState } from 'react'
import type { PatientConsent } from '#shared/domains/consents/model.ts'
import { useMay, useToday, useZone } from '#renderer/app/actor.tsx'
import { askForConsent } from '#renderer/app/asked.ts'
import { useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { IconPrinter } from '#renderer/ui/icons.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Consents.module.css'
import { decisionWords, formLines, standingWords, type FormLine } from './view.ts'

/** On a patient's page: what they agreed to, what is open, and everything that was ever decided. */
export function ConsentsCard({ patientId }: { patientId: string }) {
  const zone = useZone()
  const today = useToday()
  const forms = useApiQuery('consents.listForms', {})
  const consents = useApiQuery('consents.listForPatient', { patientId })
  const [isAll, setAll] = useState(false)
  const [withdrawn, setWithdrawn] = useState<PatientConsent>()
  const all = consents.data ?? []
  const lines = formLines(forms.data ?? [], all, { today, zone, appointmentId: null })
  const open = lines.filter((line) => line.standing.is !== 'valid').length
  return (
    <Card title="Consents" note={forms.data && consents.data && lines.length > 0 ? (open > 0 ? `${open} open` : 'all signed') : undefined} flush>
      <QueryState query={forms.isPending ? forms : consents} what="The consents" />
      {forms.data && lines.length === 0 && <p className={styles['none']}>The clinic asks for none. An administrator can add forms.</p>}
      {consents.data && (
        <ul className={styles['rows']}>
          {lines.map((line) => <FormRow key={line.form.formId} line={line} patientId={patientId} onWithdraw={setWithdrawn} />)}
          {isAll && all.map((one) => <DecisionRow key={one.id} one={one} />)}
        </ul>
      )}
      {all.length > 0 && <p className={styles['more']}><ActionButton variant="subtle" size="compact-xs" aria-expanded={isAll} onClick={() => setAll(!isAll)}>{isAll ? 'Hide the history' : `History, ${all.length}`}</ActionButton></p>}
      {withdrawn && <WithdrawDialog consent={withdrawn} onClose={() => setWithdrawn(undefined)} />}
    </Card>
  )
}

function FormRow({ line: { form, standing }, patientId, onWithdraw }: { line: FormLine; patientId: string; onWithdraw: (one: PatientConsent) => void }) {
  const zone = useZone()
  const today = useToday()
  const mayWrite = useMay('patient.write')
  const isValid = standing.is === 'valid'
  return (
    <li className={styles['row']}>
      <div className={styles['rowText']}>
        <b>{form.name}</b>
        <span>{standingWords(standing, { today, zone })}</span>
      </div>
      <Tag tone={isValid ? 'ok' : 'warn'}>{isValid ? 'signed' : 'open'}</Tag>
      {standing.is === 'valid' && <PrintButton one={standing.by} />}
      {mayWrite && standing.is === 'valid' && <ActionButton variant="subtle" size="compact-xs" aria-label={`Take back: ${form.name}`} onClick={() => onWithdraw(standing.by)}>Take back</ActionButton>}
      {mayWrite && !isValid && <ActionButton size="compact-xs" aria-label={`Sign: ${form.name}`} onClick={() => askForConsent({ patientId, formIds: [form.formId] })}>Sign</ActionButton>}
    </li>
  )
}

function DecisionRow({ one }: { one: PatientConsent }) {
  const zone = useZone()
  const today = useToday()
  return (
    <li className={styles['row']}>
      <div className={styles['rowText']}>
        <span>{one.formName}, version {one.formVersion}</span>
        <span>{decisionWords(one)}{one.reason && `: ${one.reason}`}</span>
        <span>{dateTime(one.decidedAt, zone, today)}, witness {one.witness}</span>
      </div>
      <PrintButton one={one} />
    </li>
  )
}

function PrintButton({ one }: { one: PatientConsent }) {
  const go = useGo()
  return (
    <ActionButton variant="subtle" size="compact-xs" aria-label={`Open and print: ${one.formName}`} onClick={() => go(paths.print('consent', one.id))}>
      <IconPrinter size={15} stroke={1.7} />
    </ActionButton>
  )
}

function WithdrawDialog({ consent, onClose }: { consent: PatientConsent; onClose: () => void }) {
  const [id] = useState(newId)
  const [reason, setReason] = useState('')
  const [wasTried, setTried] = useState(false)
  const withdraw = useCommand('consents.withdraw')
  const submit = async () => {
    setTried(true)
    if (reason.trim() === '' || withdraw.isRunning) return
    const done = await withdraw.run({ id, consentId: consent.id, reason: reason.trim() }).catch(() => undefined)
    if (!done) return
    showToast({ text: 'Taken back:', strong: consent.formName })
    onClose()
  }
  return (
    <Dialog title={`Take back: ${consent.formName}`} onClose={onClose}>
      <Form where="Consent" submitLabel="Take back" onSubmit={() => void submit()}>
        <p>From now on it does not hold any more. What was signed stays on record, with this beside it.</p>
        <TextField label="Why, in the patient’s words" maxLength={200} autoComplete="off" data-autofocus value={reason} error={wasTried && reason.trim() === '' ? 'Say why.' : undefined} onChange={(event) => setReason(event.currentTarget.value)} />
        {withdraw.refusal && <Notice tone="bad" title="Not done.">{errorText(withdraw.refusal)}</Notice>}
        <div className={styles['dialogFoot']}>
          <ActionButton keys="Esc" onClick={onClose}>Keep it</ActionButton>
          <ActionButton variant="filled" type="submit" keyId="form.submit" running={withdraw.isRunning}>Take back</ActionButton>
        </div>
      </Form>
    </Dialog>
  )
}
