import { Checkbox, Select } from '@mantine/core'
import { useState } from 'react'
import type { Contact } from '#shared/domains/patients/model.ts'
import { useMay } from '#renderer/app/actor.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { optional, PhoneField, TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { phone as phoneText } from '#renderer/ui/format.ts'
import { IconUsers } from '#renderer/ui/icons.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { Tag } from '#renderer/ui/StateTag.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Patient.module.css'
import { useKept } from './useKept.ts'
import { relationshipWords } from './words.ts'

/** Whom to call, the people for an emergency first. */
export function ContactsCard({ patientId, contacts }: { patientId: string; contacts: readonly Contact[] }) {
  const mayWrite = useMay('patient.write')
  const [edited, setEdited] = useState<Contact>()
  const add = () => setEdited({ id: newId(), patientId, name: '', relationship: 'spouse', phone: null, isEmergency: contacts.length === 0, isGuardian: false })
  return (
    <Card title="Contacts" flush aside={mayWrite && <ActionButton variant="subtle" size="compact-xs" onClick={add}>Add contact</ActionButton>}>
      {contacts.length === 0 && <p className={styles['none']}>Nobody to call is known yet.</p>}
      <ul className={styles['rows']}>
        {contacts.toSorted((a, b) => Number(b.isEmergency) - Number(a.isEmergency)).map((contact) => (
          <li key={contact.id} className={styles['row']}>
            <div className={styles['rowText']}>
              <b>{contact.name}</b>
              <span>{[relationshipWords[contact.relationship] ?? contact.relationship, contact.phone && phoneText(contact.phone)].filter(Boolean).join(' · ')}</span>
            </div>
            {contact.isEmergency && <Tag>Emergency</Tag>}
            {contact.isGuardian && <Tag>Guardian</Tag>}
            {mayWrite && <ActionButton variant="subtle" size="compact-xs" onClick={() => setEdited(contact)}>Edit</ActionButton>}
          </li>
        ))}
      </ul>
      {edited && <ContactPanel key={edited.id} contact={edited} isNew={!contacts.some((one) => one.id === edited.id)} onClose={() => setEdited(undefined)} />}
    </Card>
  )
}

interface ContactPanelProps {
  contact: Contact
  isNew: boolean
  onClose: () => void
}

function ContactPanel({ contact, isNew, onClose }: ContactPanelProps) {
  const [opened] = useState(contact)
  const { value: fields, change: setFields, forget } = useKept(`contact ${isNew ? `of ${contact.patientId}` : contact.id}`, contact)
  const done = () => {
    forget()
    onClose()
  }
  const add = useCommand('patients.addContact')
  const update = useCommand('patients.updateContact')
  const remove = useCommand('patients.removeContact')
  const refusal = add.refusal ?? update.refusal ?? remove.refusal
  const isMissing = fields.name.trim() === ''
  const save = async () => {
    if (isMissing) return
    const { patientId, ...rest } = fields
    const { id: _id, patientId: _of, ...was } = opened
    await (isNew ? add.run({ ...rest, patientId }) : update.run({ ...rest, was })).then(done, () => undefined)
  }
  const end = async () => {
    await remove.run({ id: contact.id }).then(() => {
      // Coming back is a new row: what was ended stays in the history as ended.
      const { id: _old, ...again } = contact
      showToast({ text: 'Contact removed:', strong: contact.name, undo: () => add.run({ ...again, id: newId() }) })
      done()
    }, () => undefined)
  }
  return (
    <SidePanel
      title={isNew ? 'Add contact' : 'Contact'}
      icon={IconUsers}
      onClose={onClose}
      footer={
        <>
          {!isNew && <ActionButton onClick={() => void end()} running={remove.isRunning}>Remove contact</ActionButton>}
          <ActionButton variant="filled" keyId="form.submit" running={add.isRunning || update.isRunning} disabledReason={isMissing && 'The name is missing.'} onClick={() => void save()}>
            Save contact
          </ActionButton>
        </>
      }
    >
      <Form where="Contact" submitLabel="Save contact" onSubmit={() => void save()}>
        {refusal && <Notice tone="bad" title="Not saved.">{errorText(refusal)}</Notice>}
        <TextField label="Name" maxLength={80} value={fields.name} autoComplete="off" onChange={(event) => setFields({ ...fields, name: event.currentTarget.value })} />
        <Select
          label="Who it is" allowDeselect={false} data={Object.entries({ ...relationshipWords, [fields.relationship]: relationshipWords[fields.relationship] ?? fields.relationship }).map(([value, label]) => ({ value, label }))}
          value={fields.relationship} onChange={(relationship) => setFields({ ...fields, relationship: relationship ?? 'other' })}
        />
        <PhoneField label={optional('Phone')} maxLength={40} value={phoneText(fields.phone ?? '')} onChange={(phone) => setFields({ ...fields, phone })} />
        <Checkbox label="Call in an emergency" checked={fields.isEmergency} onChange={(event) => setFields({ ...fields, isEmergency: event.currentTarget.checked })} />
        <Checkbox label="Guardian: decides for the patient" checked={fields.isGuardian} onChange={(event) => setFields({ ...fields, isGuardian: event.currentTarget.checked })} />
      </Form>
    </SidePanel>
  )
}
