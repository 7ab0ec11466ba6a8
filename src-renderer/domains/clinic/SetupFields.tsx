import { Checkbox, NumberInput, PasswordInput, Select } from '@mantine/core'
import type { SetupDraft } from '#shared/domains/clinic/contract.ts'
import { paperSizes } from '#shared/domains/clinic/model.ts'
import { passwordProblem } from '#shared/domains/clinic/rules.password.ts'
import { clock } from '#renderer/ui/format.ts'
import { optional, TextField } from '#renderer/ui/fields.tsx'
import { ChoiceField, FieldRow } from '#renderer/ui/form.tsx'
import { proposedUserName, wordsOf } from './setup-draft.ts'
import { passwordAdvice } from './view.password.ts'
import styles from './Setup.module.css'

interface FieldsProps { draft: SetupDraft; onChange: (draft: SetupDraft) => void }

const currencies = ['USD', 'CAD', 'EUR', 'GBP', 'CHF', 'AUD', 'NZD', 'MXN', 'BRL', 'INR', 'ZAR', 'KES', 'NGN', 'JPY']
/** The named zones, and this computer's own where it has none of those names ("UTC"). */
export const timeZones: readonly string[] = [...new Set([Intl.DateTimeFormat().resolvedOptions().timeZone, ...Intl.supportedValuesOf('timeZone')])]
export const paperWords: Record<(typeof paperSizes)[number], string> = { letter: 'Letter', a4: 'A4' }

export function ClinicFields({ draft, onChange }: FieldsProps) {
  const set = (more: Partial<SetupDraft['clinic']>) => onChange({ ...draft, clinic: { ...draft.clinic, ...more } })
  return (
    <div className={styles['fields']}>
      <TextField label="Name of the clinic" autoFocus maxLength={80} value={draft.clinic.name} onChange={(event) => set({ name: event.currentTarget.value })} />
      <Select label="Time zone" searchable data={[...timeZones]} value={draft.clinic.timeZone} onChange={(value) => value && set({ timeZone: value })} nothingFoundMessage="No such time zone" />
      <FieldRow>
        <Select label="Currency" description="Stays as it is" searchable data={currencies} value={draft.clinic.currency} onChange={(value) => value && set({ currency: value })} />
        <ChoiceField label="Paper" data={paperSizes.map((value) => ({ value, label: paperWords[value] }))} value={draft.clinic.paper} onChange={(value) => set({ paper: value === 'a4' ? 'a4' : 'letter' })} />
      </FieldRow>
    </div>
  )
}

interface YouFieldsProps extends FieldsProps { password: string; onPassword: (text: string) => void; repeated: string; onRepeated: (text: string) => void }

export function YouFields({ draft, onChange, password, onPassword, repeated, onRepeated }: YouFieldsProps) {
  const { person } = draft
  const set = (more: Partial<SetupDraft['person']>) => onChange({ ...draft, person: { ...person, ...more } })
  const weak = password === '' ? undefined : passwordProblem(password, wordsOf(draft))
  return (
    <div className={styles['fields']}>
      <FieldRow>
        <TextField label={optional('Title')} autoFocus maxLength={20} value={person.title} onChange={(event) => set({ title: event.currentTarget.value })} />
        <TextField label="First name" maxLength={80} value={person.givenName} onChange={(event) => set({ givenName: event.currentTarget.value })} />
        <TextField
          label="Family name" maxLength={80} value={person.familyName}
          onChange={(event) => set({ familyName: event.currentTarget.value, ...(person.userName === proposedUserName(person.familyName) ? { userName: proposedUserName(event.currentTarget.value) } : {}) })}
        />
      </FieldRow>
      <TextField label="User name" description="Typed after each start of this computer" autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={40} value={person.userName} onChange={(event) => set({ userName: event.currentTarget.value.toLowerCase() })} />
      <FieldRow>
        <PasswordInput label="Password" description={passwordAdvice('too-short')} autoComplete="off" value={password} error={weak && [...password].length >= 12 ? passwordAdvice(weak) : undefined} onChange={(event) => onPassword(event.currentTarget.value)} />
        <PasswordInput label="Password again" description="So that a slip of the finger does not lock you out" autoComplete="off" value={repeated} error={repeated.length >= password.length && repeated !== password && repeated !== '' ? 'The two differ.' : undefined} onChange={(event) => onRepeated(event.currentTarget.value)} />
      </FieldRow>
      <Checkbox label="I also see patients: I get a column on the day and may sign notes" checked={person.isProvider} onChange={(event) => set({ isProvider: event.currentTarget.checked })} />
    </div>
  )
}

const quarters = Array.from({ length: 24 * 4 - 19 }, (_, i) => 300 + i * 15).map((minute) => ({ value: String(minute), label: clock(minute) }))

export function HoursFields({ draft, onChange }: FieldsProps) {
  const { hours } = draft
  const set = (more: Partial<SetupDraft['hours']>) => onChange({ ...draft, hours: { ...hours, ...more } })
  const pick = (name: 'from' | 'to' | 'lunchFrom' | 'lunchTo', label: string) => (
    <Select label={label} searchable data={quarters} value={String(hours[name])} onChange={(value) => value && set({ [name]: Number(value) })} />
  )
  return (
    <div className={styles['fields']}>
      <FieldRow>
        {pick('from', 'Opens')}
        {pick('to', 'Closes')}
      </FieldRow>
      <FieldRow>
        {pick('lunchFrom', 'Lunch from')}
        {pick('lunchTo', 'Lunch to')}
      </FieldRow>
      <NumberInput label="Exam rooms" min={1} max={40} value={hours.rooms} onChange={(value) => set({ rooms: Math.max(1, Math.min(40, Number(value) || 1)) })} maw={140} />
      <p className={styles['hint']}>Visits start as New patient 45 min, Annual exam 45, Follow-up 30, Acute visit 30, Well child 30 and Short visit 15. Names and lengths are yours to change under Hours. A small fee schedule with made-up codes comes along, to be replaced by your own.</p>
    </div>
  )
}
