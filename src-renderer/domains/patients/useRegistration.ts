import { useState } from 'react'
import type { Candidate, DuplicateReason } from '#shared/domains/patients/model.ts'
import { useMay, useToday } from '#renderer/app/actor.tsx'
import { useCarried, useGo } from '#renderer/app/navigation.ts'
import { paths } from '#renderer/app/paths.ts'
import { api, useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { type DraftState, useDraft } from '#renderer/ui/drafts.ts'
import { listName, mrn } from '#renderer/ui/format.ts'
import { focusFirstProblem } from '#renderer/ui/form.tsx'
import { IconUserPlus } from '#renderer/ui/icons.ts'
import { showToast } from '#renderer/ui/toast-store.ts'
import { birthDateOf, isBlank, problemsOf, proposalsOf, registerInput, type FormField, type Problem, type RegistrationFields } from './view.ts'

export interface StartForm {
  id: string
  fields: RegistrationFields
}

export interface Registration {
  fields: RegistrationFields
  set: (field: FormField, text: string) => void
  /** Shown after the first try to register, then live. */
  problems: readonly Problem[]
  candidates: readonly Candidate[]
  /** Somebody very like this is here: registering asks for a reason. */
  isLikely: boolean
  draft: DraftState
  isRunning: boolean
  /** Why it was not registered, in words. */
  refused: string | undefined
  isAskingReason: boolean
  stopAsking: () => void
  /** Registers, or asks for the reason first. */
  submit: () => void
  registerBecause: (reason: DuplicateReason) => void
  /** Goes on with somebody who is here already. */
  takeOver: (candidate: Candidate) => void
  /** Keeps the form and goes back to where this began. */
  close: () => void
}

/** The form of a new patient: it watches for the same person with each keystroke and keeps what is typed. */
export function useRegistration(start: StartForm): Registration {
  const today = useToday()
  const [fields, setFields] = useState(start.fields)
  const [hasTried, setTried] = useState(false)
  const [isAskingReason, setAsking] = useState(false)
  const [ids] = useState(() => ({ id: start.id, contactId: newId(), coverageId: newId() }))
  const ends = useEnds()
  const register = useCommand('patients.register')
  const draft = useDraft({ value: fields, save: (value) => api.patients.keepForm({ id: ids.id, fields: value }), enabled: !isBlank(fields) })

  const birthDate = birthDateOf(fields, today)
  const found = useApiQuery('patients.findDuplicates', {
    familyName: fields.familyName, givenName: fields.givenName, birthDate: birthDate ?? null, sex: sexOf(fields.sex),
    phone: fields.phone.trim() || null, insurance: fields.payerName.trim() || null,
  }, { enabled: !isBlank(fields), keepPrevious: true })
  const candidates = isBlank(fields) ? [] : (found.data ?? [])
  const isLikely = candidates.some((one) => one.likelihood === 'likely')
  const problems = problemsOf(fields, today)

  const send = async (duplicateReason: DuplicateReason | null): Promise<void> => {
    if (birthDate === undefined || register.isRunning) return
    // Saved first: when the screen closes, no late draft may bring a registered patient's form back.
    await draft.flush()
    try {
      const patient = await register.run({ ...registerInput(fields, ids, birthDate), duplicateReason })
      showToast({ text: 'Registered', strong: `${listName(patient)} · MRN ${mrn(patient.mrn)}`, icon: IconUserPlus })
      ends.registered(patient.id)
    } catch (error) {
      setAsking(isDuplicate(error))
    }
  }
  const takeOver = async (patientId: string): Promise<void> => {
    await draft.flush()
    await api.patients.dropForm({ id: ids.id }).catch(() => undefined)
    ends.used(patientId, proposalsOf(fields))
  }
  return {
    fields, candidates, isLikely, draft, isAskingReason,
    problems: hasTried ? problems : [],
    isRunning: register.isRunning,
    refused: register.refusal && !isDuplicate(register.refusal) ? errorText(register.refusal) : undefined,
    set: (field, text) => setFields((before) => ({ ...before, [field]: text })),
    stopAsking: () => setAsking(false),
    submit: () => {
      setTried(true)
      focusFirstProblem(problems)
      if (problems.length > 0) return
      if (isLikely) setAsking(true)
      else void send(null)
    },
    registerBecause: (reason) => {
      setAsking(false)
      void send(reason)
    },
    takeOver: ({ patient }) => void takeOver(patient.id),
    close: ends.closed,
  }
}

const sexOf = (text: string) => (text === 'female' || text === 'male' || text === 'other' || text === 'unknown' ? text : null)

const isDuplicate = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === 'LIKELY_DUPLICATE'

/** Where each way out leads: back to a booking that waits, on to a new booking, or to the patient. */
function useEnds() {
  const go = useGo()
  const { returnTo } = useCarried()
  const mayBook = useMay('appointment.write')
  return {
    registered: (id: string) => (mayBook ? go(returnTo ?? paths.day(), { book: id }) : go(paths.patient(id))),
    used: (id: string, proposed: Record<string, string>) => (returnTo ? go(returnTo, { book: id }) : go(paths.editPatient(id), proposed)),
    closed: () => go(returnTo ?? paths.patients()),
  }
}
