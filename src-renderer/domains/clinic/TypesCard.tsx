import { Checkbox, NumberInput } from '@mantine/core'
import { useState } from 'react'
import type { AppointmentType } from '#shared/domains/scheduling/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { duration } from '#renderer/ui/format.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Clinic.module.css'

export function TypesCard() {
  const query = useApiQuery('scheduling.listTypes', {})
  const [edited, setEdited] = useState<AppointmentType>()
  const types = query.data ?? []
  const add = () => setEdited({ id: newId(), name: '', durationMin: 30, isActive: true, sortOrder: Math.max(0, ...types.map((type) => type.sortOrder)) + 1 })
  return (
    <Card title="Visit types" note="names and usual lengths" aside={<ActionButton size="compact-xs" onClick={add}>Add</ActionButton>} flush>
      <QueryState query={query} what="The visit types" />
      {types.map((type) => (
        <button key={type.id} type="button" className={styles['rowButton']} onClick={() => setEdited(type)}>
          <span>{type.name}</span>
          <span>{duration(type.durationMin)}</span>
        </button>
      ))}
      {edited && (
        <SidePanel key={edited.id} title={edited.name === '' ? 'Add a visit type' : edited.name} onClose={() => setEdited(undefined)}>
          <TypeForm type={edited} onDone={() => setEdited(undefined)} />
        </SidePanel>
      )}
    </Card>
  )
}

function TypeForm({ type: before, onDone }: { type: AppointmentType; onDone: () => void }) {
  const [type, setType] = useState(before)
  const save = useCommand('scheduling.saveType')
  const missing = type.name.trim() === '' ? 'The name is missing.' : undefined
  const submit = async () => {
    if (missing || !(await save.run(type).catch(() => undefined))) return
    showToast({ text: 'Saved', strong: type.name })
    onDone()
  }
  return (
    <Form where="Settings" submitLabel="Save the visit type" onSubmit={() => void submit()}>
      <div className={styles['panel']}>
        <TextField label="Name" data-autofocus maxLength={80} value={type.name} onChange={(event) => setType({ ...type, name: event.currentTarget.value })} />
        <NumberInput label="Minutes" step={5} min={limits.appointment_minutes_min} max={limits.appointment_minutes_max} value={type.durationMin} onChange={(value) => setType({ ...type, durationMin: Number(value) || limits.appointment_minutes_min })} />
        <Checkbox label="Offered when booking" description="When it is off, visits that have it keep it." checked={type.isActive} onChange={(event) => setType({ ...type, isActive: event.currentTarget.checked })} />
        {save.refusal && <Notice tone="bad">{errorText(save.refusal)}</Notice>}
        <ActionButton variant="filled" type="submit" keyId="form.submit" running={save.isRunning} disabledReason={missing}>
          Save the visit type
        </ActionButton>
      </div>
    </Form>
  )
}
