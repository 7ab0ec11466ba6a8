import { SegmentedControl, type SegmentedControlProps } from '@mantine/core'
import { type FormEvent, type ReactNode, type RefObject, useId, useRef } from 'react'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import styles from './fields.module.css'

interface FormProps {
  id?: string
  onSubmit: () => void
  /** Name of the main action for the keys page: "Book". Registers Ctrl Enter. */
  submitLabel: string
  where: string
  /** Enter goes to the next field instead of submitting: wizards and vitals. */
  enterMoves?: boolean
  children: ReactNode
}

/** A form whose main act is Ctrl Enter from anywhere in it, id 'form.submit' for the button's hint. */
export function Form({ id, onSubmit, submitLabel, where, enterMoves = false, children }: FormProps) {
  const ref = useRef<HTMLFormElement>(null)
  useKeys([{ id: 'form.submit', keys: 'Ctrl+Enter', label: submitLabel, where, run: () => ref.current?.requestSubmit() }])
  return (
    <form
      id={id}
      ref={ref}
      className={styles['form']}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        onSubmit()
      }}
      onKeyDown={(event) => {
        if (!enterMoves || event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
        if (!(event.target instanceof HTMLInputElement)) return
        event.preventDefault()
        focusNextField(ref, event.target)
      }}
    >
      {children}
    </form>
  )
}

function focusNextField(form: RefObject<HTMLFormElement | null>, from: HTMLElement): void {
  const fields = [...(form.current?.querySelectorAll<HTMLElement>('input:not([type=hidden]):not([disabled]), textarea, select, button[type=submit]') ?? [])]
  fields[fields.indexOf(from) + 1]?.focus()
}

/** Fields side by side. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={styles['row']}>{children}</div>
}

/** "Needed to book" and "Can wait": a form asks only for what it needs and puts the rest under a heading. */
export function FormSection({ title, note, line = false }: { title: string; note?: string; line?: boolean }) {
  return (
    <div className={styles['section']} data-line={line || undefined}>
      <h2>{title}</h2>
      {note && <span>{note}</span>}
    </div>
  )
}

/** Choice of two to five as segments, with its label above like any other field. */
export function ChoiceField({ label, ...rest }: SegmentedControlProps & { label: string }) {
  const id = useId()
  return (
    <div className={styles['choice']}>
      <span id={id}>{label}</span>
      <SegmentedControl {...rest} aria-labelledby={id} />
    </div>
  )
}

export interface FieldProblem {
  /** id of the input. */
  fieldId: string
  text: string
}

/** On submit: focus goes to the first error; three or more get a list on top with links. */
export function ProblemList({ problems }: { problems: readonly FieldProblem[] }) {
  if (problems.length < 3) return null
  return (
    <div className={styles['errors']} role="alert">
      <strong>{problems.length} fields need another look</strong>
      <ul>
        {problems.map((problem) => (
          <li key={problem.fieldId}>
            <button type="button" onClick={() => document.getElementById(problem.fieldId)?.focus()}>
              {problem.text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

export function focusFirstProblem(problems: readonly FieldProblem[]): void {
  const [first] = problems
  if (first) document.getElementById(first.fieldId)?.focus()
}
