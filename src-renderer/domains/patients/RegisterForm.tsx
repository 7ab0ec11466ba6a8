import { Select } from '@mantine/core'
import { type KeyboardEvent } from 'react'
import { limits } from '#shared/kernel/limits.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { DateField, optional, PhoneField, TextField } from '#renderer/ui/fields.tsx'
import { ChoiceField, Form, FormSection, ProblemList } from '#renderer/ui/form.tsx'
import styles from './Register.module.css'
import type { Registration } from './useRegistration.ts'
import { birthDateOf, bothNames, type FormField } from './view.ts'
import { LanguageSelect } from './LanguageSelect.tsx'
import { relationshipWords } from './words.ts'

/** Four facts are enough to book; everything else can wait. */
export function RegisterForm({ registration, isFromSearch }: { registration: Registration; isFromSearch: boolean }) {
  const { submit, problems } = registration
  return (
    <Form where="Register patient" submitLabel="Register" onSubmit={submit}>
      <p className={styles['lead']}>Name, birth date and sex are enough to book. The rest can come from the tablet or at check-in.</p>
      <ProblemList problems={problems} />
      <FormSection title="Needed to book" {...(isFromSearch ? { note: 'names taken from what you searched for' } : {})} />
      <Needed registration={registration} />
      <FormSection title="Can wait" line />
      <CanWait registration={registration} />
    </Form>
  )
}

function Needed({ registration }: { registration: Registration }) {
  const today = useToday()
  const { fields, set, problems } = registration
  const problemOf = (fieldId: string) => problems.find((problem) => problem.fieldId === fieldId)?.text
  /** As a caller says it and a form is filled in one go: with both names in the first field the next one is the birth date. */
  const parted = (): boolean => {
    const names = bothNames(fields)
    if (names) for (const [field, text] of Object.entries(names)) set(field as keyof typeof names, text) // Its own keys.
    return names !== undefined
  }
  const firstOpen = (['familyName', 'givenName', 'birthText'] as const).find((field) => fields[field] === '') ?? 'phone'
  return (
    <>
      <div className={styles['halves']}>
        <TextField
          id="register-familyName" label="Family name" error={problemOf('register-familyName')} data-autofocus={firstOpen === 'familyName' || undefined} {...lineOf(registration, 'familyName', limits.name_chars)}
          onBlur={parted}
          onKeyDown={(event) => {
            if (event.key !== 'Tab' || event.shiftKey || !parted()) return
            event.preventDefault()
            document.getElementById('register-birth')?.focus()
          }}
        />
        <TextField id="register-givenName" label="Given names" error={problemOf('register-givenName')} data-autofocus={firstOpen === 'givenName' || undefined} {...lineOf(registration, 'givenName', limits.name_chars)} />
      </div>
      <div className={styles['birth']}>
        <DateField
          id="register-birth" label="Birth date" kind="birth" value={birthDateOf(fields, today)} defaultText={fields.birthText} error={problemOf('register-birth')}
          data-autofocus={firstOpen === 'birthText' || undefined} onChange={() => undefined} onTextChange={(text) => set('birthText', text)}
        />
        <div id="register-sex" tabIndex={-1} onKeyDown={(event) => chooseByLetter(event, (sex) => set('sex', sex))}>
          <ChoiceField label="Sex" value={fields.sex} onChange={(sex) => set('sex', sex)} data={sexes} fullWidth />
          {problemOf('register-sex') && <p className={styles['problem']}>{problemOf('register-sex')}</p>}
        </div>
        <PhoneField label={optional('Mobile phone')} maxLength={40} value={fields.phone} onChange={(phone) => set('phone', phone)} data-autofocus={firstOpen === 'phone' || undefined} />
      </div>
    </>
  )
}

const sexes = [{ value: 'female', label: 'Female' }, { value: 'male', label: 'Male' }, { value: 'other', label: 'Other' }, { value: 'unknown', label: 'Unknown' }]

/** F, M, O, U: one key instead of arrows. */
function chooseByLetter(event: KeyboardEvent, choose: (sex: string) => void): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return
  const chosen = sexes.find(({ value }) => value.startsWith(event.key.toLowerCase()) && event.key.length === 1)
  if (!chosen) return
  event.preventDefault()
  event.stopPropagation()
  choose(chosen.value)
  // The ring goes with the choice, as it does with arrows.
  event.currentTarget.querySelector<HTMLInputElement>(`input[value="${chosen.value}"]`)?.focus()
}

function CanWait({ registration }: { registration: Registration }) {
  const { fields, set } = registration
  return (
    <>
      <div className={styles['halves']}>
        <TextField label="Insurance" {...lineOf(registration, 'payerName', limits.name_chars)} />
        <TextField label="Member number" {...lineOf(registration, 'memberNumber')} />
      </div>
      <div className={styles['address']}>
        <TextField label="Street" {...lineOf(registration, 'addressLine1')} />
        <TextField label="City" {...lineOf(registration, 'city')} />
      </div>
      <div className={styles['quarters']}>
        <TextField label="State" {...lineOf(registration, 'state')} />
        <TextField label="ZIP code" {...lineOf(registration, 'postalCode')} />
        <TextField label="E-mail" type="email" {...lineOf(registration, 'email')} />
        <LanguageSelect value={fields.language} onChange={(language) => set('language', language)} />
      </div>
      <div className={styles['thirds']}>
        <TextField label="Contact, name" {...lineOf(registration, 'contactName', limits.name_chars)} />
        <Select
          label="Contact, who it is" data={Object.entries(relationshipWords).map(([value, label]) => ({ value, label }))} allowDeselect={false}
          value={fields.contactRelationship} onChange={(relationship) => set('contactRelationship', relationship ?? 'other')}
        />
        <PhoneField label="Contact, phone" maxLength={40} value={fields.contactPhone} onChange={(phone) => set('contactPhone', phone)} />
      </div>
    </>
  )
}

function lineOf({ fields, set }: Registration, field: FormField, maxLength: number = limits.line_chars) {
  return {
    value: fields[field], maxLength, autoComplete: 'off', spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) => set(field, event.currentTarget.value),
  }
}
