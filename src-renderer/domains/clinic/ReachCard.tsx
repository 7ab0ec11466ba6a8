import { NumberInput } from '@mantine/core'
import { useState } from 'react'
import { AccessSettings } from '#shared/domains/access/model.ts'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { FieldRow } from '#renderer/ui/form.tsx'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './SecondFactor.module.css'

type Field = keyof AccessSettings

/** How long a chart stays with those who have seen the patient: the care team follows the appointments. */
export function ReachCard() {
  const query = useApiQuery('access.settings', {})
  return (
    <Card title="Care teams" note="who opens a chart without an emergency">
      <QueryState query={query} what="The reach of the care teams" />
      {query.data && <Reach key={JSON.stringify(query.data)} before={query.data} />}
    </Card>
  )
}

function Reach({ before }: { before: AccessSettings }) {
  const save = useCommand('access.saveSettings')
  const [typed, setTyped] = useState<Record<Field, number | string>>(before)
  const wanted = AccessSettings.safeParse(typed)
  const isSame = (Object.keys(before) as Field[]).every((field) => typed[field] === before[field]) // The keys of its own shape.
  const missing = !wanted.success ? 'A number is missing.' : isSame ? 'Nothing is changed yet.' : undefined
  const submit = async () => {
    if (missing || !wanted.success || !(await save.run(wanted.data).catch(() => undefined))) return
    showToast({ text: 'Saved: the care teams reach as far as you said' })
  }
  const field = (name: Field, label: string, unit: string) => {
    const { minValue, maxValue } = AccessSettings.shape[name]
    return <NumberInput label={label} suffix={` ${unit}`} min={minValue ?? 0} max={maxValue ?? 0} clampBehavior="blur" allowDecimal={false} allowNegative={false} value={typed[name]} onChange={(value) => setTyped({ ...typed, [name]: value })} />
  }
  return (
    <form className={styles['steps']} aria-label="Care teams" noValidate onSubmit={(event) => { event.preventDefault(); void submit() }}>
      <p>A provider opens the charts of those they have seen or will see; a nurse those of everyone with a visit.</p>
      <FieldRow>
        {field('monthsBack', 'Provider, back', 'months')}
        {field('monthsAhead', 'Provider, ahead', 'months')}
      </FieldRow>
      <FieldRow>
        {field('flowDaysBack', 'Nurse, back', 'days')}
        {field('flowDaysAhead', 'Nurse, ahead', 'days')}
      </FieldRow>
      {save.refusal && <Notice tone="bad" title="Not saved.">{errorText(save.refusal)}</Notice>}
      <div className={styles['acts']}>
        <ActionButton type="submit" running={save.isRunning} disabledReason={missing}>Save the reach</ActionButton>
      </div>
    </form>
  )
}
