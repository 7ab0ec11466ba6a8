import { Progress } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { KeyState } from '#shared/domains/clinic/contract.ts'
import { dateInZone } from '#shared/kernel/time.ts'
import { useZone } from '#renderer/app/actor.tsx'
import { api, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card, Fact, FactList } from '#renderer/ui/Card.tsx'
import { ConfirmAction } from '#renderer/ui/ConfirmAction.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { FormSection } from '#renderer/ui/form.tsx'
import { count, date } from '#renderer/ui/format.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Clinic.module.css'

const keepers: Record<KeyState['keeper'], string> = {
  os: 'Kept by this computer: a copied disk cannot be guessed against',
  'key-file': 'On the clinic’s key file',
  none: 'Nowhere: passwords alone open the records',
}

/** What the records are locked with, when it was made, and how it is changed. */
export function KeysCard({ onReissue }: { onReissue: () => void }) {
  const zone = useZone()
  const state = useQuery({ queryKey: ['clinic.keyState', {}], queryFn: () => api.clinic.keyState({}), staleTime: 0 })
  const again = () => void state.refetch()
  const day = (at: string | null) => (at ? date(dateInZone(at, zone)) : 'before this version of Cairn')
  return (
    <Card title="Keys" note="what the records are locked with" flush>
      <QueryState query={state} what="The state of the keys" />
      {state.data && (
        <>
          <FactList>
            <Fact label="Data key, last changed">{day(state.data.dataKeyAt)}</Fact>
            <Fact label="Printed recovery key">{state.data.hasRecoveryKey ? day(state.data.recoveryAt) : 'none yet'}</Fact>
            <Fact label="This computer’s part">{keepers[state.data.keeper]}</Fact>
            <Fact label="Open invitations">{state.data.openInvites}</Fact>
          </FactList>
          {!state.data.keeperAnswers && <Notice tone="warn">The computer’s part of the key is not there now. After the next start nobody signs in without it; the printed key opens.</Notice>}
          {state.data.oldPasswords > 0 && <Notice tone="info">{count(state.data.oldPasswords, 'person has', 'people have')} not signed in since Cairn was updated. The data key can be changed when they have.</Notice>}
          <DataKey state={state.data} onChanged={again} onReissue={onReissue} />
          {state.data.keeper === 'none' && <KeyFile isReady={state.data.hasRecoveryKey} onChanged={again} />}
        </>
      )}
    </Card>
  )
}

function DataKey({ state, onChanged, onReissue }: { state: KeyState; onChanged: () => void; onReissue: () => void }) {
  const [isAsking, setAsking] = useState(false)
  const [done, setDone] = useState<number>()
  const [problem, setProblem] = useState<string>()
  const reason = state.isRecoveryOld ? 'The printed key is of an older Cairn. Print a new one first.' : undefined
  const change = async () => {
    setAsking(false)
    setProblem(undefined)
    setDone(0)
    try {
      for await (const step of await api.clinic.rotateKey({})) setDone(step.done)
      showToast({ text: 'Changed', strong: 'the data key' })
      onChanged()
    } catch (error) {
      setProblem(errorText(error))
    } finally {
      setDone(undefined)
    }
  }
  return (
    <div className={styles['keyActs']}>
      <div>
        <ActionButton running={done !== undefined} disabledReason={reason} onClick={() => setAsking(true)}>
          Change the data key now
        </ActionButton>
        <ActionButton onClick={onReissue}>{state.hasRecoveryKey ? 'Print a new recovery key' : 'Print a recovery key'}</ActionButton>
      </div>
      {done !== undefined && <Progress value={Math.max(4, done * 100)} aria-label="Changing the data key" />}
      {problem && <Notice tone="bad">{problem}</Notice>}
      {isAsking && (
        <ConfirmAction title="Change the data key?" confirmLabel="Change it" cancelLabel="Leave it" onClose={() => setAsking(false)} onConfirm={() => void change()}>
          Do this once a year, when somebody leaves for cause and when a computer or a copy may be in wrong hands. Everybody goes on working and keeps their password; the printed key stays valid. Copies made before open with the old key only.
        </ConfirmAction>
      )}
    </div>
  )
}

/** Where the operating system keeps nothing safely. A path is typed: the file must not lie where the records are. */
function KeyFile({ isReady, onChanged }: { isReady: boolean; onChanged: () => void }) {
  const [path, setPath] = useState('')
  const make = useCommand('clinic.makeKeyFile')
  const reason = !isReady ? 'Print a recovery key first: a stick can be lost.' : path.trim() === '' ? 'Name a file on the stick first.' : undefined
  const submit = async () => {
    if (reason || !(await make.run({ path: path.trim() }).catch(() => undefined))) return
    setPath('')
    onChanged()
    showToast({ text: 'Made', strong: 'the key file' })
  }
  return (
    <form
      className={styles['keyActs']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <FormSection title="Key file on a stick" note="this computer has no key store of its own" line />
      <TextField label="File" description="On a stick that is put in each morning and kept apart from the computer. From each person’s next sign-in on their password opens the records only with it." className="code" spellCheck={false} maxLength={1000} value={path} onChange={(event) => setPath(event.currentTarget.value)} />
      {make.refusal && <Notice tone="bad">{errorText(make.refusal)}</Notice>}
      <ActionButton type="submit" running={make.isRunning} disabledReason={reason}>
        Make the key file
      </ActionButton>
    </form>
  )
}
