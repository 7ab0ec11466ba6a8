import { TextInput, type TextInputProps } from '@mantine/core'
import { type FocusEvent, type ReactNode, useState } from 'react'
import { parseCents } from '#shared/kernel/money.ts'
import { parseDate } from '#shared/kernel/parse-date.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { age, date as dateText, dayDate, phone as phoneText } from './format.ts'
import { IconAlertCircle, IconCalendarEvent, IconCheck } from './icons.ts'
import styles from './fields.module.css'

/** Label text of a field that may stay empty: it is written, not starred. */
export function optional(label: string): ReactNode {
  return (
    <>
      {label} <span className={styles['optional']}>(optional)</span>
    </>
  )
}

/** TextInput with the error's icon inside; the error text stands under it. */
export function TextField({ error, rightSection, ...rest }: TextInputProps) {
  return <TextInput {...rest} error={error} rightSection={error ? <IconAlertCircle size={16} stroke={1.7} className={styles['errorIcon'] ?? ''} aria-hidden /> : rightSection} />
}

interface DateFieldProps extends Omit<TextInputProps, 'value' | 'onChange' | 'onBlur'> {
  value: PlainDate | undefined
  onChange: (value: PlainDate | undefined) => void
  /** Birth dates answer with the age, days of the schedule with the weekday. */
  kind?: 'birth' | 'day'
  order?: 'mdy' | 'dmy'
  onBlur?: (event: FocusEvent<HTMLInputElement>) => void
  /** What is typed, for the draft: an unfinished date is worth keeping too. */
  onTextChange?: (text: string) => void
  defaultText?: string
}

/** Takes a date in any common style and answers with what was understood: "12 Mar 1958 · 68 y". */
export function DateField({ value, onChange, kind = 'birth', order = 'mdy', error, onBlur, onTextChange, defaultText, ...rest }: DateFieldProps) {
  const today = useToday()
  const [text, setText] = useState(defaultText ?? (value ? dateText(value) : ''))
  const [shown, setShown] = useState(value)
  const [wasLeft, setLeft] = useState(false)
  if (value !== shown) {
    // The value changed from outside (another slot chosen, form reset), so the text follows.
    setShown(value)
    const understood = parseDate(text, { today, order, years: kind === 'birth' ? 'past' : 'near' })
    if (understood !== value) setText(value ? dateText(value) : '')
  }
  const isUnreadable = wasLeft && text.trim() !== '' && value === undefined
  const isFuture = kind === 'birth' && value !== undefined && value > today
  const problem = error ?? (isUnreadable ? 'No such day. Write it like 12 Mar 1958.' : isFuture ? 'This day has not come yet.' : undefined)
  return (
    <TextField
      {...rest}
      autoComplete="off"
      value={text}
      error={problem}
      description={value && !problem ? understoodText(value, kind, today) : undefined}
      rightSection={value && !problem ? <IconCheck size={16} stroke={1.8} className={styles['okIcon'] ?? ''} aria-hidden /> : undefined}
      leftSection={kind === 'day' ? <IconCalendarEvent size={16} stroke={1.6} aria-hidden /> : undefined}
      onChange={(event) => {
        const typed = event.currentTarget.value
        const understood = parseDate(typed, { today, order, years: kind === 'birth' ? 'past' : 'near' })
        setText(typed)
        setShown(understood)
        onTextChange?.(typed)
        onChange(understood)
      }}
      onBlur={(event) => {
        setLeft(true)
        onBlur?.(event)
      }}
    />
  )
}

function understoodText(value: PlainDate, kind: 'birth' | 'day', today: PlainDate): string {
  return kind === 'birth' ? `${dateText(value)} · ${age(value, today)}` : dayDate(value)
}

interface MoneyFieldProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  cents: number | undefined
  onChange: (cents: number | undefined) => void
}

/** Digits at the right, dollar sign at the left, always read as cents. */
export function MoneyField({ cents, onChange, error, ...rest }: MoneyFieldProps) {
  const [text, setText] = useState(centsText(cents))
  const [shown, setShown] = useState(cents)
  if (cents !== shown) {
    setShown(cents)
    if (parseCents(text) !== cents) setText(centsText(cents))
  }
  return (
    <TextField
      {...rest}
      inputMode="decimal"
      autoComplete="off"
      classNames={{ input: styles['digits'] ?? '' }}
      leftSection={<span aria-hidden>$</span>}
      value={text}
      error={error}
      onChange={(event) => {
        const typed = event.currentTarget.value
        setText(typed)
        setShown(parseCents(typed))
        onChange(parseCents(typed))
      }}
      onBlur={(event) => {
        if (parseCents(text) !== undefined) setText(centsText(parseCents(text)))
        rest.onBlur?.(event)
      }}
    />
  )
}

function centsText(cents: number | undefined): string {
  return cents === undefined ? '' : (cents / 100).toFixed(2)
}

interface PhoneFieldProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  value: string
  onChange: (value: string) => void
}

/** Keeps what is typed and writes it the clinic's way on leaving the field. */
export function PhoneField({ value, onChange, ...rest }: PhoneFieldProps) {
  return (
    <TextField
      {...rest}
      type="tel"
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={(event) => {
        onChange(phoneText(value))
        rest.onBlur?.(event)
      }}
    />
  )
}
