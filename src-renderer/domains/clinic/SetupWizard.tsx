import { useState } from 'react'
import type { SetupDraft } from '#shared/domains/clinic/contract.ts'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { api } from '#renderer/rpc/api.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { clock } from '#renderer/ui/format.ts'
import { useDraft } from '#renderer/ui/drafts.ts'
import { missingIn, setupSteps, type SetupStep } from './setup-draft.ts'
import { SetupFrame, type StepMark } from './SetupFrame.tsx'
import { ClinicFields, HoursFields, YouFields } from './SetupFields.tsx'
import { KeyStep } from './KeyStep.tsx'

const labels: Record<SetupStep, string> = { clinic: 'Clinic', you: 'You', hours: 'Hours and rooms', key: 'Recovery key' }
const titles: Record<SetupStep, [title: string, lead: string]> = {
  clinic: ['Your clinic', 'As it stands on invoices and letters. Everything here but the currency can be changed later.'],
  you: ['You, the first administrator', 'Administrators let other people in and see how the clinic is doing. They open no charts unless they also see patients.'],
  hours: ['Hours and rooms', 'A first plan, Monday to Friday. Each provider’s own week is set later.'],
  key: ['Print your recovery key', 'Your records are locked with a key that only your clinic has. If every password is lost or this computer breaks, this sheet opens the backup. Nobody else, we included, can.'],
}

interface SetupWizardProps { draft: SetupDraft; onChange: (draft: SetupDraft) => void; onLeave: () => void }

export function SetupWizard({ draft, onChange, onLeave }: SetupWizardProps) {
  const [password, setPassword] = useState('')
  const [repeated, setRepeated] = useState('')
  const kept = stepOf(draft.step)
  // The password is kept nowhere, so whoever comes back later goes through "You" again.
  const step: SetupStep = kept === 'key' && password === '' ? 'you' : kept
  const at = setupSteps.indexOf(step)
  useDraft({ value: draft, save: (value) => api.clinic.saveSetupDraft(value) })
  const missing = missingIn(step, draft, password, repeated)
  const goTo = (next: SetupStep | undefined) => (next ? onChange({ ...draft, step: next }) : onLeave())
  const forward = () => {
    if (!missing && step !== 'key') goTo(setupSteps[at + 1])
  }
  useKeys([{ id: 'setup.back', keys: 'Alt+←', label: 'Back', where: 'Set-up', inFields: true, run: () => goTo(setupSteps[at - 1]) }])
  const [title, lead] = titles[step]
  const frame = { steps: marks(draft, at), note: note(at), title, lead }
  const back = (
    <ActionButton keyId="setup.back" onClick={() => goTo(setupSteps[at - 1])}>
      Back
    </ActionButton>
  )
  if (step === 'key') return <KeyStep draft={draft} password={password} frame={frame} back={back} />
  return (
    <SetupFrame
      {...frame}
      footer={
        <>
          {back}
          <ActionButton variant="filled" type="submit" form="setup-fields" keys="Enter" disabledReason={missing} reasonAt="left">
            {`Go on to ${labels[setupSteps[at + 1] ?? 'key']}`}
          </ActionButton>
        </>
      }
    >
      <form
        id="setup-fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          forward()
        }}
      >
        {step === 'clinic' && <ClinicFields draft={draft} onChange={onChange} />}
        {step === 'you' && <YouFields draft={draft} onChange={onChange} password={password} onPassword={setPassword} repeated={repeated} onRepeated={setRepeated} />}
        {step === 'hours' && <HoursFields draft={draft} onChange={onChange} />}
      </form>
    </SetupFrame>
  )
}

const stepOf = (text: string): SetupStep => setupSteps.find((step) => step === text) ?? 'clinic'

const note = (at: number): string => `About ${[6, 5, 4, 3][at] ?? 3} minutes left. You can stop at any point and go on later.`

function marks(draft: SetupDraft, at: number): StepMark[] {
  const facts: Record<SetupStep, string> = {
    clinic: draft.clinic.name, you: `${draft.person.givenName} ${draft.person.familyName}, administrator`,
    hours: `${clock(draft.hours.from)} to ${clock(draft.hours.to)}, ${draft.hours.rooms} rooms`, key: '',
  }
  return setupSteps.map((step, index) => ({ id: step, label: labels[step], fact: index < at ? facts[step] : undefined, state: index < at ? 'done' : index === at ? 'here' : 'ahead' }))
}
