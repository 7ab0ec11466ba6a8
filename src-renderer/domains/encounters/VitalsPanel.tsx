import { useState } from 'react'
import type { ChartPatient, CurrentVisit } from '#shared/domains/encounters/model.chart.ts'
import type { VitalTrend, VitalValue } from '#shared/domains/encounters/model.vitals.ts'
import { ageOn, bmiCategory, bmiOf, flagOf, type Age, type Flag } from '#shared/domains/encounters/rules.ranges.ts'
import { readVital, vitalFields, type Entry, type VitalField } from '#shared/domains/encounters/rules.vitals.ts'
import { useActor, useToday } from '#renderer/app/actor.tsx'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { focusFirstProblem, Form, ProblemList, type FieldProblem } from '#renderer/ui/form.tsx'
import { IconHeartbeat } from '#renderer/ui/icons.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { bmiWords, entryProblemText, factsText, fieldNames, fieldUnits, understoodText, vitalText } from './view.vitals.ts'
import { Flagged } from './VitalRows.tsx'
import styles from './Vitals.module.css'

type Texts = Readonly<Partial<Record<VitalField, string>>>

/** What was typed and not yet saved, by person and patient: closing the panel keeps it, for whoever measured. */
const unfinished = new Map<string, Texts>()

interface VitalsPanelProps {
  patient: Pick<ChartPatient, 'id' | 'birthDate'>
  visit: Pick<CurrentVisit, 'appointmentId' | 'encounterId'>
  trends: readonly VitalTrend[]
  onClose: () => void
}

/** Keyboard only: Enter goes on, Ctrl Enter saves. Each field answers with what it understood. */
export function VitalsPanel({ patient, visit, trends, onClose }: VitalsPanelProps) {
  const age = ageOn(patient.birthDate, useToday())
  const key = `${useActor().userId} ${patient.id}`
  const [texts, setTexts] = useState<Texts>(() => unfinished.get(key) ?? {})
  const [left, setLeft] = useState<ReadonlySet<VitalField>>(new Set())
  const { save, isSaving, refused } = useSaveVitals(visit, () => {
    unfinished.delete(key)
    onClose()
  })
  const entries = vitalFields.map((field) => ({ field, text: texts[field] ?? '', entry: readVital(field, texts[field] ?? '', age) }))
  const values = entries.flatMap(({ entry }) => (entry.ok ? entry.values : []))
  const problems = entries.flatMap(({ field, text, entry }): FieldProblem[] => (entry.ok ? [] : [{ fieldId: fieldId(field), text: entryProblemText(field, entry.problem, entry.kind, text) }]))
  const type = (field: VitalField, text: string) => {
    const next = { ...texts, [field]: text }
    setTexts(next)
    unfinished.set(key, next)
  }
  const submit = () => {
    setLeft(new Set(vitalFields))
    if (problems.length > 0) focusFirstProblem(problems)
    else if (values.length > 0) void save(values)
  }
  return (
    <SidePanel
      title="Vitals" icon={IconHeartbeat} onClose={onClose}
      footer={
        <ActionButton variant="filled" keyId="form.submit" running={isSaving} disabledReason={values.length === 0 && problems.length === 0 ? 'Type a value first.' : undefined} onClick={submit}>
          Save vitals
        </ActionButton>
      }
    >
      <Form where="Vitals" submitLabel="Save vitals" enterMoves onSubmit={submit}>
        {refused && <Notice tone="bad" title="Not saved.">{refused} What you typed is still here.</Notice>}
        <ProblemList problems={left.size === vitalFields.length ? problems : []} />
        {entries.map(({ field, text, entry }) => (
          <VitalInput
            key={field} field={field} text={text} entry={entry} age={age} last={lastText(field, trends)} showProblem={left.has(field)}
            onType={(typed) => type(field, typed)} onLeave={() => setLeft((before) => new Set([...before, field]))}
          />
        ))}
        <Bmi values={values} trends={trends} age={age} />
      </Form>
    </SidePanel>
  )
}

const fieldId = (field: VitalField): string => `vital-${field}`

interface VitalInputProps {
  field: VitalField
  text: string
  entry: Entry
  age: Age
  last: string | undefined
  showProblem: boolean
  onType: (text: string) => void
  onLeave: () => void
}

function VitalInput({ field, text, entry, age, last, showProblem, onType, onLeave }: VitalInputProps) {
  const problem = !entry.ok && showProblem ? entryProblemText(field, entry.problem, entry.kind, text) : undefined
  return (
    <div className={styles['field']}>
      <label htmlFor={fieldId(field)}>{fieldNames[field]} <span className={styles['unit']}>{fieldUnits[field]}</span></label>
      <TextField
        id={fieldId(field)} value={text} error={problem !== undefined} autoComplete="off" inputMode={field === 'pressure' ? 'text' : 'decimal'} classNames={{ input: styles['input'] ?? '' }}
        aria-describedby={`${fieldId(field)}-answer`} onChange={(event) => onType(event.currentTarget.value)} onBlur={onLeave} {...(field === 'pressure' ? { 'data-autofocus': true } : {})}
      />
      <div id={`${fieldId(field)}-answer`} className={styles['answer']} aria-live="polite">
        {problem ? <span className={styles['problem']}>{problem}</span> : entry.ok && entry.values.length > 0 ? <Understood values={entry.values} age={age} /> : last && <span className={styles['last']}>last {last}</span>}
      </div>
    </div>
  )
}

/** What was read, in both units, and whether it is outside of what is usual at this age. */
function Understood({ values, age }: { values: readonly VitalValue[]; age: Age }) {
  const flags = values.map(({ kind, value }) => flagOf(kind, value, age)).filter((flag): flag is Flag => flag !== undefined)
  const worst = flags.find((flag) => flag.level === 'critical') ?? flags[0]
  const [first, second] = values
  if (!first) return null
  const text = second ? `${first.value}/${second.value}` : understoodText(first.kind, first.value)
  return <Flagged flag={worst} withWord>{text}</Flagged>
}

function Bmi({ values, trends, age }: { values: readonly VitalValue[]; trends: readonly VitalTrend[]; age: Age }) {
  const typed = (kind: 'weight' | 'height') => values.find((one) => one.kind === kind)?.value
  const known = age.years >= 20 ? trends.find((trend) => trend.kind === 'height')?.points.at(-1)?.value : undefined
  const [weight, height] = [typed('weight'), typed('height') ?? known]
  if (weight === undefined || height === undefined) return null
  const bmi = bmiOf(weight, height)
  const category = bmiCategory(bmi, age)
  return (
    <p className={styles['bmi']} role="status">
      BMI <b>{bmi.toFixed(1)}</b> kg/m²{category ? `, ${bmiWords[category]}` : ''}
      {typed('height') === undefined && <span className={styles['last']}> with the height on record, {vitalText('height', height)} cm</span>}
    </p>
  )
}

function lastText(field: VitalField, trends: readonly VitalTrend[]): string | undefined {
  const of = (kind: VitalTrend['kind']) => trends.find((trend) => trend.kind === kind)?.points.at(-1)?.value
  if (field === 'pressure') {
    const [high, low] = [of('systolic'), of('diastolic')]
    return high === undefined ? undefined : `${high}/${low ?? '?'}`
  }
  const value = of(field)
  return value === undefined ? undefined : vitalText(field, value)
}

/** The visit is opened with the first thing recorded in it. */
function useSaveVitals(visit: VitalsPanelProps['visit'], onSaved: () => void) {
  const [isSaving, setSaving] = useState(false)
  const [refused, setRefused] = useState<string>()
  const save = async (values: readonly VitalValue[]) => {
    if (isSaving) return
    setSaving(true)
    setRefused(undefined)
    try {
      const encounterId = visit.encounterId ?? (await api.encounters.open({ appointmentId: visit.appointmentId })).id
      const rows = await api.encounters.recordVitals({ encounterId, values: [...values] })
      const undo = async () => {
        for (const row of rows) await api.encounters.markObservationInError({ id: row.id })
      }
      showToast({ text: 'Vitals saved:', strong: factsText(values), icon: IconHeartbeat, undo })
      onSaved()
    } catch (error) {
      setRefused(errorText(error))
    } finally {
      setSaving(false)
    }
  }
  return { save, isSaving, refused }
}
