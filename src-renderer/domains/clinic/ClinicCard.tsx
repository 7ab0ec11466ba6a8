import { Select } from '@mantine/core'
import { useState } from 'react'
import { type Clinic, paperSizes } from '#shared/domains/clinic/model.ts'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { optional, PhoneField, TextField } from '#renderer/ui/fields.tsx'
import { ChoiceField, FieldRow, Form } from '#renderer/ui/form.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { paperWords, timeZones } from './SetupFields.tsx'
import styles from './Clinic.module.css'

/** The head of every printed page, and the clock everything is shown by. */
export function ClinicCard({ clinic: before }: { clinic: Clinic }) {
  const [clinic, setClinic] = useState(before)
  const save = useCommand('clinic.update')
  const set = (more: Partial<Clinic>) => setClinic({ ...clinic, ...more })
  const orNull = (text: string) => text.trim() || null
  const missing = clinic.name.trim() === '' ? 'The name is missing.' : /^[A-Z0-9]{0,4}$/.test(clinic.invoicePrefix) ? undefined : 'The prefix has at most four capital letters and digits.'
  const submit = async () => {
    const { isDemo: _demo, currency: _currency, ...fields } = clinic
    if (missing || !(await save.run(fields).catch(() => undefined))) return
    showToast({ text: 'Saved', strong: clinic.name })
  }
  return (
    <Card title="Clinic" note="as it stands on invoices and letters">
      <Form where="Settings" submitLabel="Save the clinic" onSubmit={() => void submit()}>
        <TextField label="Name" maxLength={80} value={clinic.name} onChange={(event) => set({ name: event.currentTarget.value })} />
        <FieldRow>
          <TextField label={optional('Street')} maxLength={200} value={clinic.addressLine1 ?? ''} onChange={(event) => set({ addressLine1: orNull(event.currentTarget.value) })} />
          <TextField label={optional('Second line')} maxLength={200} value={clinic.addressLine2 ?? ''} onChange={(event) => set({ addressLine2: orNull(event.currentTarget.value) })} />
        </FieldRow>
        <FieldRow>
          <TextField label={optional('City')} maxLength={200} value={clinic.city ?? ''} onChange={(event) => set({ city: orNull(event.currentTarget.value) })} />
          <TextField label={optional('State')} maxLength={200} value={clinic.state ?? ''} onChange={(event) => set({ state: orNull(event.currentTarget.value) })} />
          <TextField label={optional('Postal code')} maxLength={200} value={clinic.postalCode ?? ''} onChange={(event) => set({ postalCode: orNull(event.currentTarget.value) })} />
        </FieldRow>
        <PhoneField label={optional('Phone')} value={clinic.phone ?? ''} onChange={(value) => set({ phone: orNull(value) })} />
        <Select label="Time zone" searchable data={[...new Set([before.timeZone, ...timeZones])]} value={clinic.timeZone} onChange={(value) => value && set({ timeZone: value })} nothingFoundMessage="No such time zone" />
        <FieldRow>
          <ChoiceField label="Paper" data={paperSizes.map((value) => ({ value, label: paperWords[value] }))} value={clinic.paper} onChange={(value) => set({ paper: value === 'a4' ? 'a4' : 'letter' })} />
          <TextField label={optional('Before invoice numbers')} description="A gives A-1001" maxLength={4} className="code" value={clinic.invoicePrefix} onChange={(event) => set({ invoicePrefix: event.currentTarget.value.toUpperCase() })} />
          <TextField label="Currency" description="Stays as it is" readOnly value={clinic.currency} />
        </FieldRow>
        {save.refusal && <Notice tone="bad">{errorText(save.refusal)}</Notice>}
        <div className={styles['checks']}>
          <ActionButton variant="filled" type="submit" keyId="form.submit" running={save.isRunning} disabledReason={missing}>
            Save the clinic
          </ActionButton>
        </div>
      </Form>
    </Card>
  )
}
