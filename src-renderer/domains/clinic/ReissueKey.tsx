import { useEffect, useState } from 'react'
import type { RecoverySheet } from '#shared/domains/clinic/contract.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { useActor } from '#renderer/app/actor.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { Screen } from '#renderer/app/Screen.tsx'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { useKeySheet } from './KeySheet.tsx'

/** For a lost or seen sheet: the old one opens the records until the new one has been read back from paper. */
export function ReissueKey({ onDone }: { onDone: () => void }) {
  const { clinic } = useActor()
  const [sheet, setSheet] = useState<RecoverySheet>()
  const [problem, setProblem] = useState<string>()
  const [isRunning, setRunning] = useState(false)
  useEffect(() => {
    api.clinic.drawNextRecoveryKey({}).then(setSheet, (error: unknown) => setProblem(errorText(error)))
  }, [])
  const key = useKeySheet({ clinic, sheet, where: 'Settings', onSubmit: () => void finish() })
  const finish = async () => {
    if (key.missing || isRunning) return
    setRunning(true)
    setProblem(undefined)
    try {
      await api.clinic.reissueRecoveryKey({ typed: key.typed })
      showToast({ text: 'Only the new sheet opens the records now.', strong: 'Destroy the old ones' })
      onDone()
    } catch (error) {
      const wrong = error instanceof Refusal && error.code === 'RECOVERY_GROUPS_WRONG' ? (error.data as { wrong: number[] }).wrong : [] // Declared in the contract.
      key.setWrong(wrong)
      setProblem(errorText(error))
      setRunning(false)
    }
  }
  useKeys([{ id: 'reissue.back', keys: 'Alt+←', label: 'Keep the old key', where: 'Settings', inFields: true, run: onDone }])
  if (key.printing) return key.printing
  return (
    <Screen
      title="New recovery key" meta="the old sheet opens until this is done"
      footer={
        <>
          <ActionButton keyId="reissue.back" onClick={onDone}>
            Keep the old key
          </ActionButton>
          <ActionButton variant="filled" type="submit" form="typed-groups" keys="Enter" running={isRunning} disabledReason={key.missing} reasonAt="left">
            Make this the recovery key
          </ActionButton>
        </>
      }
    >
      {key.card}
      {key.form}
      {problem && <Notice tone="bad">{problem}</Notice>}
    </Screen>
  )
}
