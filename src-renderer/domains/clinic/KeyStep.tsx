import { Progress } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import type { RecoverySheet, SetupDraft } from '#shared/domains/clinic/contract.ts'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { finishSetup } from './finish-setup.ts'
import { useKeySheet } from './KeySheet.tsx'
import { SetupFrame, type StepMark } from './SetupFrame.tsx'

interface KeyStepProps { draft: SetupDraft; password: string; frame: { steps: readonly StepMark[]; note: string; title: string; lead: string }; back: ReactNode }

/** Only when the three groups came back from paper is anything made. */
export function KeyStep({ draft, password, frame, back }: KeyStepProps) {
  const [sheet, setSheet] = useState<RecoverySheet>()
  const [done, setDone] = useState<number>()
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    api.clinic.drawRecoveryKey({}).then(setSheet, (error: unknown) => setProblem(errorText(error)))
  }, [])
  const key = useKeySheet({ clinic: draft.clinic, sheet, where: 'Set-up', onSubmit: () => void finish() })
  const finish = async () => {
    if (key.missing || done !== undefined) return
    setProblem(undefined)
    try {
      const checked = await api.clinic.checkRecoveryGroups({ typed: key.typed })
      key.setWrong(checked.wrong)
      if (checked.wrong.length > 0) return
      setDone(0)
      await finishSetup({ draft, password, typed: key.typed, onProgress: setDone })
    } catch (error) {
      setProblem(errorText(error))
      setDone(undefined)
    }
  }
  if (key.printing) return key.printing
  return (
    <SetupFrame
      {...frame}
      footer={
        <>
          {back}
          <ActionButton variant="filled" type="submit" form="typed-groups" keys="Enter" running={done !== undefined} disabledReason={key.missing} reasonAt="left">
            {`Open ${draft.clinic.name.trim() || 'the clinic'}`}
          </ActionButton>
        </>
      }
    >
      {key.card}
      {key.form}
      {problem && <Notice tone="bad">{problem}</Notice>}
      {done !== undefined && <Progress value={Math.max(8, done * 100)} aria-label="Making the clinic" mt={12} />}
    </SetupFrame>
  )
}
