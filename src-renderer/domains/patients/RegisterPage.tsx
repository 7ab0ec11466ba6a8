import { useEffect, useState } from 'react'
import type { RegistrationForm } from '#shared/domains/patients/model.ts'
import type { PlainDate } from '#shared/kernel/time.ts'
import { useToday, useZone } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useCarried } from '#renderer/app/navigation.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { api } from '#renderer/rpc/api.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DraftChip } from '#renderer/ui/DraftChip.tsx'
import { dateTime, listName } from '#renderer/ui/format.ts'
import { Notice } from '#renderer/ui/states.tsx'
import { CandidateColumn } from './CandidateColumn.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { RegisterForm } from './RegisterForm.tsx'
import styles from './Register.module.css'
import { EDIT_MARK } from './usePatientEdit.ts'
import { useRegistrationRequest } from './registration-request.ts'
import { useRegistration, type StartForm } from './useRegistration.ts'
import { fieldsFrom, fieldsFromSearch, isBlank } from './view.ts'

/** Ctrl Shift N from anywhere: the name comes from what was searched for, so three fields are left. */
export function RegisterPage() {
  const today = useToday()
  const carried = useCarried()
  const request = useRegistrationRequest()
  const [answered, setAnswered] = useState(request.count)
  const [query, setQuery] = useState(carried['query'] ?? '')
  const [start, setStart] = useState<StartForm>(() => newForm(query, today))
  if (request.count !== answered) {
    // Asked again while this form is open: it is kept as a draft, and a new one begins.
    setAnswered(request.count)
    setQuery(request.query)
    setStart(newForm(request.query, today))
  }
  return <Registering key={start.id} start={start} onContinue={setStart} isFromSearch={query.trim() !== ''} />
}

const newForm = (query: string, today: PlainDate): StartForm => ({ id: newId(), fields: fieldsFrom(fieldsFromSearch(query, today)) })

interface RegisteringProps {
  start: StartForm
  onContinue: (form: StartForm) => void
  isFromSearch: boolean
}

function Registering({ start, onContinue, isFromSearch }: RegisteringProps) {
  const registration = useRegistration(start)
  const { draft, isLikely, isRunning, submit, close, refused, isAskingReason } = registration
  useKeys([{ id: 'register.close', keys: 'Esc', label: 'Keep draft and close', where: 'Register patient', run: close, inFields: true }])
  return (
    <Screen
      title="Register patient"
      meta={<DraftChip draft={draft} />}
      aside={<CandidateColumn registration={registration} />}
      asideWidth={440}
      footer={
        <>
          <span className={styles['foot']}>The MRN is given on saving, also without the host.</span>
          <ActionButton keyId="register.close" onClick={close}>
            {isBlank(registration.fields) ? 'Close' : 'Keep draft and close'}
          </ActionButton>
          <ActionButton variant={isLikely ? 'default' : 'filled'} keyId="form.submit" running={isRunning} onClick={submit}>
            {isLikely ? 'Register as a new person…' : 'Register patient'}
          </ActionButton>
        </>
      }
    >
      <div className={styles['page']}>
        <UnfinishedForms currentId={start.id} onContinue={onContinue} />
        {refused && <Notice tone="bad" title="Not registered.">{refused}</Notice>}
        <RegisterForm registration={registration} isFromSearch={isFromSearch} />
      </div>
      {isAskingReason && <ReasonDialog what="Register" onChoose={registration.registerBecause} onClose={registration.stopAsking} />}
    </Screen>
  )
}

/** Forms that were left behind, by Esc, a lock or a crash. */
function UnfinishedForms({ currentId, onContinue }: { currentId: string; onContinue: (form: StartForm) => void }) {
  const today = useToday()
  const zone = useZone()
  const [forms, setForms] = useState<readonly RegistrationForm[]>([])
  useEffect(() => {
    void api.patients.unfinishedForms({}).then(setForms, () => setForms([]))
  }, [])
  const [form] = forms.filter((one) => one.id !== currentId && one.fields[EDIT_MARK] === undefined)
  if (!form) return null
  const fields = fieldsFrom(form.fields)
  return (
    <Notice
      tone="info"
      title="An unfinished form is kept."
      action={
        <>
          <ActionButton onClick={() => onContinue({ id: form.id, fields })}>Continue it</ActionButton>
          <ActionButton
            variant="subtle"
            onClick={() => {
              setForms(forms.filter((one) => one.id !== form.id))
              void api.patients.dropForm({ id: form.id })
            }}
          >
            Throw it away
          </ActionButton>
        </>
      }
    >
      {listName(fields) || fields.phone || fields.birthText}, typed {dateTime(form.savedAt, zone, today)}
    </Notice>
  )
}
