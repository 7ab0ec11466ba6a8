import { Checkbox, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { FlowSettings } from '#shared/domains/flow/model.ts'
import { areThresholdsInOrder } from '#shared/domains/flow/rules.ts'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { ChoiceField, FieldRow } from '#renderer/ui/form.tsx'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from '../Schedule.module.css'

const showChoices = [{ value: 'number', label: 'Number' }, { value: 'initials', label: 'Initials' }]

/** When a wait is amber and when it is red, and what the waiting room is told. */
export function FlowSettingsCard() {
  const settings = useApiQuery('flow.settings', {})
  return (
    <Card title="Flow and waiting room">
      <QueryState query={settings} what="The settings" />
      {settings.data && <Form key={JSON.stringify(settings.data)} before={settings.data} />}
    </Card>
  )
}

function Form({ before }: { before: FlowSettings }) {
  const save = useCommand('flow.saveSettings')
  const [typed, setTyped] = useState<{ amberMin: number | string; redMin: number | string; displayShows: FlowSettings['displayShows']; hasChime: boolean }>(before)
  const wanted = FlowSettings.safeParse(typed)
  const isSame = wanted.success && JSON.stringify(wanted.data) === JSON.stringify(before)
  const missing = !wanted.success ? 'A number is missing.' : !areThresholdsInOrder(wanted.data) ? 'Red comes after amber.' : isSame ? 'Nothing is changed yet.' : undefined
  const submit = async () => {
    if (missing || !wanted.success || !(await save.run(wanted.data).catch(() => undefined))) return
    showToast({ text: 'Saved: flow and waiting room' })
  }
  const minutes = (name: 'amberMin' | 'redMin', label: string) => (
    <NumberInput label={label} suffix=" min" min={1} max={240} clampBehavior="blur" allowDecimal={false} allowNegative={false} value={typed[name]} onChange={(value) => setTyped({ ...typed, [name]: value })} />
  )
  return (
    <form className={styles['flowForm']} aria-label="Flow and waiting room" noValidate onSubmit={(event) => { event.preventDefault(); void submit() }}>
      <FieldRow>
        {minutes('amberMin', 'A wait is amber after')}
        {minutes('redMin', 'Red after')}
      </FieldRow>
      <ChoiceField label="The display shows" data={showChoices} value={typed.displayShows} onChange={(value) => setTyped({ ...typed, displayShows: value === 'initials' ? 'initials' : 'number' })} />
      <Checkbox label="The display sounds for each call" checked={typed.hasChime} onChange={(event) => setTyped({ ...typed, hasChime: event.currentTarget.checked })} />
      {save.refusal && <Notice tone="bad" title="Not saved.">{errorText(save.refusal)}</Notice>}
      <div>
        <ActionButton type="submit" running={save.isRunning} disabledReason={missing}>Save</ActionButton>
      </div>
    </form>
  )
}
