import { type Ref, useState } from 'react'
import { limits } from '#shared/kernel/limits.ts'
import styles from './Door.module.css'

interface PinBoxesProps {
  label: string
  value: string
  onChange: (digits: string) => void
  inputRef?: Ref<HTMLInputElement>
  describedBy?: string
  isWrong?: boolean
  autoFocus?: boolean
}

/** Six boxes over one field: typing, deleting, pasting and screen readers meet a plain field; eyes see the boxes. */
export function PinBoxes({ label, value, onChange, inputRef, describedBy, isWrong = false, autoFocus = false }: PinBoxesProps) {
  const [hasFocus, setFocus] = useState(false)
  return (
    <label className={styles['pin']}>
      <span className={styles['pinLabel']}>{label}</span>
      <span className={styles['boxes']}>
        {Array.from({ length: limits.pin_digits }, (_, i) => (
          <span key={i} className={styles['box']} data-here={(hasFocus && i === Math.min(value.length, limits.pin_digits - 1)) || undefined} data-wrong={isWrong || undefined} aria-hidden>
            {i < value.length ? '●' : ''}
          </span>
        ))}
        <input
          ref={inputRef}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          maxLength={limits.pin_digits}
          aria-describedby={describedBy}
          aria-invalid={isWrong || undefined}
          autoFocus={autoFocus}
          value={value}
          onFocus={() => setFocus(true)}
          onBlur={() => setFocus(false)}
          onChange={(event) => onChange(event.currentTarget.value.replace(/\D/g, '').slice(0, limits.pin_digits))}
        />
      </span>
    </label>
  )
}
