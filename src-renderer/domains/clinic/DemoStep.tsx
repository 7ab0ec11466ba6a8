import { PasswordInput, Progress } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { Role, type StaffRole } from '#shared/access/roles.ts'
import { passwordProblem } from '#shared/domains/clinic/rules.password.ts'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { refreshSession } from '#renderer/rpc/session.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { ChoiceField } from '#renderer/ui/form.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { SetupFrame } from './SetupFrame.tsx'
import { passwordAdvice } from './view.password.ts'
import styles from './Setup.module.css'

const starts: readonly { value: StaffRole; label: string }[] = [
  { value: Role.receptionist, label: 'Front desk' }, { value: Role.nurse, label: 'Nurse' }, { value: Role.doctor, label: 'Doctor' },
  { value: Role.billing, label: 'Billing' }, { value: Role.administrator, label: 'Administrator' },
]

export function DemoStep({ onBack }: { onBack: () => void }) {
  const [password, setPassword] = useState('')
  const [startAs, setStartAs] = useState<StaffRole>(Role.receptionist)
  const [done, setDone] = useState<number>()
  const [problem, setProblem] = useState<string>()
  const stop = useRef<AbortController>(undefined)
  const weak = passwordProblem(password, ['Alder Creek Family Clinic'])
  const explore = async (event: FormEvent) => {
    event.preventDefault()
    if (weak || done !== undefined) return
    setProblem(undefined)
    setDone(0)
    stop.current = new AbortController()
    try {
      const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
      for await (const progress of await api.clinic.exploreDemo({ password, startAs, timeZone }, { signal: stop.current.signal })) setDone(progress.done)
      refreshSession()
    } catch (error) {
      if (!stop.current.signal.aborted) setProblem(errorText(error))
    }
    setDone(undefined)
  }
  return (
    <SetupFrame steps={[]} note="Nothing leaves this computer. Delete its folder to be rid of the demo." title="Explore the demo clinic" lead="Alder Creek Family Clinic: everyone in it is invented. All its people share the password that you choose now; Cairn has none of its own.">
      <form className={styles['fields']} onSubmit={(event) => void explore(event)} noValidate>
        <PasswordInput
          label="Password for everyone in the demo" description={passwordAdvice('too-short')} autoComplete="off" autoFocus value={password} disabled={done !== undefined}
          error={weak && [...password].length >= 12 ? passwordAdvice(weak) : undefined} onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <ChoiceField label="Begin as" data={[...starts]} value={startAs} onChange={(value) => setStartAs(starts.find((one) => one.value === value)?.value ?? startAs)} />
        {problem && <Notice tone="bad">{problem}</Notice>}
        {done !== undefined && (
          <div className={styles['progress']} role="status">
            <strong>Making 1,200 patients and 18 months of visits</strong>
            <Progress value={done * 100} aria-label="Making the demo clinic" />
          </div>
        )}
        <div className={styles['acts']}>
          <ActionButton type="submit" variant="filled" keys="Enter" running={done !== undefined} disabledReason={weak ? passwordAdvice(weak) : undefined}>
            Explore the demo clinic
          </ActionButton>
          {done === undefined ? <ActionButton onClick={onBack}>Back</ActionButton> : <ActionButton onClick={() => stop.current?.abort()}>Stop</ActionButton>}
        </div>
      </form>
    </SetupFrame>
  )
}
