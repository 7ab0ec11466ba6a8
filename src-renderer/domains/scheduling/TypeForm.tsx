import { Checkbox, Chip, Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import { RoomKind, roomKinds } from '#shared/domains/clinic/model.ts'
import { EquipmentKind, equipmentKinds } from '#shared/domains/rooms/model.ts'
import { typeColours, type AppointmentType } from '#shared/domains/scheduling/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { formatCents } from '#shared/kernel/money.ts'
import { useMay } from '#renderer/app/actor.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { optional, TextField } from '#renderer/ui/fields.tsx'
import { FieldRow, Form } from '#renderer/ui/form.tsx'
import { equipmentWords, roomKindWords } from '#renderer/ui/resource-words.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { draftOf, readType, type TypeDraft } from './view.types.ts'
import day from './Day.module.css'
import panels from './Panels.module.css'
import styles from './Series.module.css'

interface TypeFormProps {
  type: AppointmentType
  refused: string | undefined
  isRunning: boolean
  onSave: (type: AppointmentType) => void
}

/** All that a kind of visit asks for: time, place, charge, and what the patient is told. */
export function TypeForm({ type: before, refused, isRunning, onSave }: TypeFormProps) {
  const [draft, setDraft] = useState(() => draftOf(before))
  const [chosen, setChosen] = useState(before)
  const mayCharge = useMay('invoice.read')
  const fees = useApiQuery('billing.listFees', {}, { enabled: mayCharge }).data ?? []
  const read = readType(before, draft, chosen)
  const problems = 'problems' in read ? read.problems : {}
  const [missing] = Object.values(problems)
  const field = (name: keyof TypeDraft) => ({ value: draft[name], onChange: (event: { currentTarget: { value: string } }) => setDraft({ ...draft, [name]: event.currentTarget.value }), autoComplete: 'off', error: draft[name] === draftOf(before)[name] ? undefined : problems[name] })
  return (
    <Form where="Visit types" submitLabel="Save the visit type" onSubmit={() => 'type' in read && onSave(read.type)}>
      <div className={panels['view']}>
        <TextField label="Name" data-autofocus maxLength={limits.name_chars} {...field('name')} />
        <FieldRow>
          <TextField label="Minutes" inputMode="numeric" {...field('minutes')} />
          <TextField label="Before" inputMode="numeric" {...field('before')} />
          <TextField label="After" inputMode="numeric" {...field('after')} />
        </FieldRow>
        <p className={panels['quiet']}>Minutes before and after belong to the visit: nobody else is booked into them.</p>
        <FieldRow>
          <Select label="Room" data={[{ value: '', label: 'Any, chosen on arrival' }, ...roomKinds.map((kind) => ({ value: kind, label: roomKindWords[kind] }))]} allowDeselect={false} value={chosen.roomKind ?? ''} onChange={(kind) => setChosen({ ...chosen, roomKind: kind ? RoomKind.parse(kind) : null })} />
          <TextField label="Patients at once" inputMode="numeric" {...field('places')} />
        </FieldRow>
        <div role="group" aria-label="Equipment">
          <div className={panels['groupLabel']}><span>Equipment, one of each</span></div>
          <Chip.Group multiple value={chosen.equipmentKinds} onChange={(kinds) => setChosen({ ...chosen, equipmentKinds: kinds.map((kind) => EquipmentKind.parse(kind)) })}>
            <div className={panels['choices']}>{equipmentKinds.map((kind) => <Chip key={kind} size="xs" value={kind}>{equipmentWords[kind]}</Chip>)}</div>
          </Chip.Group>
        </div>
        <div role="radiogroup" aria-label="Colour" className={styles['colours']}>
          <span className={panels['actsLabel']}>Colour</span>
          {typeColours.map((colour) => (
            <button key={colour} type="button" role="radio" aria-checked={chosen.colour === colour} aria-label={colour} title={colour} className={styles['colour']} onClick={() => setChosen({ ...chosen, colour })}>
              <span className={day['typeDot']} data-colour={colour} aria-hidden />
            </button>
          ))}
        </div>
        {mayCharge && (
          <Select
            label={optional('Usual charge')} searchable clearable value={chosen.feeItemId} onChange={(feeItemId) => setChosen({ ...chosen, feeItemId })} description="Proposed when the visit itself suggests no other charge."
            data={fees.filter((fee) => fee.isActive || fee.id === chosen.feeItemId).map((fee) => ({ value: fee.id, label: `${fee.code} ${fee.label}, ${formatCents(fee.priceCents)}` }))}
          />
        )}
        <Textarea label={optional('Instructions for the patient')} description="Read to the patient at booking, and in the reminder." autosize minRows={2} maxRows={4} maxLength={limits.line_chars} {...field('instructions')} />
        <Checkbox label="By video" checked={chosen.isTelehealth} onChange={(event) => setChosen({ ...chosen, isTelehealth: event.currentTarget.checked })} />
        {chosen.isTelehealth && <TextField label={optional('Address of the video rooms')} inputMode="url" description="One that ends in / gives each visit a room of its own." maxLength={limits.telehealth_url_chars} {...field('base')} />}
        {refused && <Notice tone="bad">{refused}</Notice>}
        <ActionButton variant="filled" type="submit" keyId="form.submit" running={isRunning} disabledReason={missing} reasonAt="hidden">Save</ActionButton>
      </div>
    </Form>
  )
}
