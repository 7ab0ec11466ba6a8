import { useEffect, useState } from 'react'
import type { DuplicateReason, Patient } from '#shared/domains/patients/model.ts'
import { useToday } from '#renderer/app/actor.tsx'
import { api, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { type DraftState, useDraft } from '#renderer/ui/drafts.ts'
import { focusFirstProblem } from '#renderer/ui/form.tsx'
import { IconCheck } from '#renderer/ui/icons.ts'
import { showToast } from '#renderer/ui/toast-store.ts'
import { editFieldsOf, editProblems, editsOf, onto, seenOf, withTyped, type EditField, type EditFields } from './view.edit.ts'
import type { Problem } from './view.ts'
import { fieldNames } from './words.ts'

export interface PatientEdit {
  fields: EditFields
  set: (field: EditField, text: string) => void
  problems: readonly Problem[]
  draft: DraftState
  /** The fields hold something that came from elsewhere. */
  isProposed: boolean
  isRunning: boolean
  /** Fields that somebody else has changed meanwhile and that were not saved. */
  leftOut: readonly string[]
  refused: string | undefined
  isAskingReason: boolean
  stopAsking: () => void
  submit: () => void
  saveBecause: (reason: DuplicateReason) => void
  close: () => void
  discard: () => void
}

/** Tells a kept edit from a kept registration. */
export const EDIT_MARK = 'editOf'

interface UsePatientEdit {
  patient: Patient
  proposed: Readonly<Record<string, string>>
  onDone: () => void
}

export function usePatientEdit({ patient, proposed, onDone }: UsePatientEdit): PatientEdit {
  const today = useToday()
  const [fields, setFields] = useState(() => withTyped(editFieldsOf(patient), proposed))
  // What the fields began from; what others save meanwhile is merged with it by the core, field by field.
  const [opened, setOpened] = useState(patient)
  const [leftOut, setLeftOut] = useState<readonly string[]>([])
  const [hasTried, setTried] = useState(false)
  const [isAskingReason, setAsking] = useState(false)
  const [isProposed, setProposed] = useState(() => Object.keys(editsOf(opened, fields, today)).length > 0)
  const update = useCommand('patients.update')
  const isChanged = Object.keys(editsOf(opened, fields, today)).length > 0
  const draft = useDraft({ value: fields, save: (value) => api.patients.keepForm({ id: patient.id, fields: { ...value, [EDIT_MARK]: patient.id } }), enabled: isChanged })

  useEffect(() => {
    void api.patients.unfinishedForms({}).then((forms) => {
      const kept = forms.find((form) => form.fields[EDIT_MARK] === patient.id)
      if (!kept) return
      setFields((now) => withTyped(now, kept.fields))
      setProposed(true)
    }, () => undefined)
  }, [patient.id])

  const problems = editProblems(fields, today)
  const leave = async (): Promise<void> => {
    await api.patients.dropForm({ id: patient.id }).catch(() => undefined)
    onDone()
  }
  const saved = async (replaced: readonly string[] = []): Promise<void> => {
    showToast({ text: replaced.length > 0 ? 'Changes saved; somebody else’s are in the history:' : 'Changes saved', ...(replaced.length > 0 ? { strong: fieldNames(replaced) } : {}), icon: IconCheck })
    await leave()
  }
  /** What somebody else changed meanwhile is on the screen now; saving again goes onto that. */
  const meet = async (notSaved: readonly string[]): Promise<void> => {
    const now = (await api.patients.get({ id: patient.id })).patient
    setFields((typed) => onto(now, opened, typed))
    setOpened(now)
    setLeftOut(notSaved)
  }
  const send = async (duplicateReason: DuplicateReason | null): Promise<void> => {
    await draft.flush()
    const changes = editsOf(opened, fields, today)
    const input = { id: patient.id, was: seenOf(opened, changes), changes, duplicateReason }
    try {
      const { notSaved, replaced } = await update.run(input)
      await (notSaved.length > 0 ? meet(notSaved) : saved(replaced))
    } catch (error) {
      const code = codeOf(error)
      setAsking(code === 'LIKELY_DUPLICATE')
      if (code === 'CHANGED_MEANWHILE') await meet(Object.keys(changes))
    }
  }
  return {
    fields, draft, isProposed, isAskingReason, leftOut,
    problems: hasTried ? problems : [],
    isRunning: update.isRunning,
    refused: update.refusal && !['LIKELY_DUPLICATE', 'CHANGED_MEANWHILE'].includes(String(codeOf(update.refusal))) ? errorText(update.refusal) : undefined,
    set: (field, text) => setFields((before) => ({ ...before, [field]: text })),
    stopAsking: () => setAsking(false),
    submit: () => {
      setTried(true)
      setLeftOut([])
      focusFirstProblem(problems)
      if (problems.length > 0 || update.isRunning) return
      if (isChanged) void send(null)
      else void leave()
    },
    saveBecause: (reason) => {
      setAsking(false)
      void send(reason)
    },
    close: onDone,
    discard: () => {
      setFields(editFieldsOf(patient))
      void leave()
    },
  }
}

const codeOf = (error: unknown): unknown => (typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined)
