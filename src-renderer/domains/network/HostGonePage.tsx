import { useState } from 'react'
import { useGo } from '#renderer/app/navigation.ts'
import { useNetwork } from '#renderer/app/network/state.ts'
import { paths } from '#renderer/app/paths.ts'
import { Screen } from '#renderer/app/Screen.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { AllDone, EmptyState, Notice } from '#renderer/ui/states.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { CandidatesCard } from './CandidatesCard.tsx'
import { TakeOverForm } from './TakeOverForm.tsx'
import { promotionProblem, silent } from './view.machines.ts'
import styles from './Network.module.css'

/**
 * The unplanned change of hosts, one question after the other: is it really gone, who has most of it, is it off, and the
 * printed key. Nothing is changed before the last one.
 */
export function HostGonePage() {
  const go = useGo()
  const network = useNetwork()
  const look = useCommand('network.candidates')
  const [found, setFound] = useState<Awaited<ReturnType<typeof look.run>>>()
  const [isDone, setDone] = useState(false)
  const back = () => go(paths.devices())
  const search = async () => {
    setFound(undefined)
    setFound(await look.run({}).catch(() => undefined))
  }
  if (isDone) return <Done onBack={back} />
  if (network.role !== 'member') {
    return (
      <Screen title="Host is gone">
        <EmptyState title="This computer has no host" action={<ActionButton onClick={back}>To the machines</ActionButton>}>Another machine takes the host’s place only where this one is a member.</EmptyState>
      </Screen>
    )
  }
  const problem = found && !found.hostAnswers ? promotionProblem(found.machines, network.profile) : undefined
  return (
    <Screen title="Host is gone" meta="another machine takes its place" footer={<ActionButton onClick={back}>Leave it, nothing is changed</ActionButton>}>
      <div className={styles['wizard']}>
        <Card title="1. Is it really gone?">
          <div className={styles['part']}>
            <p>Work goes on without it on every machine, so there is no hurry: go and look first whether {network.hostName ?? 'the host'} can be switched on again. This computer tries to reach it for half a minute, and asks the other standbys how far they are.</p>
            {look.refusal && <Notice tone="bad">{errorText(look.refusal)}</Notice>}
            {found?.hostAnswers && <div role="status"><Notice tone="ok" title={`${found.hostName} answers.`}>It is the host, and stays it. Nothing was changed.</Notice></div>}
            <div className={styles['acts']}>
              <ActionButton variant={found ? 'default' : 'filled'} data-autofocus running={look.isRunning} onClick={() => void search()}>
                {found ? 'Try again' : 'Try to reach it'}
              </ActionButton>
              <span role="status" className={styles['quiet']}>{look.isRunning && 'Trying, up to half a minute …'}</span>
            </div>
          </div>
        </Card>
        {found && !found.hostAnswers && <CandidatesCard found={found} />}
        {problem && <div role="alert"><Notice tone="warn" title="Not at this computer.">{problem}</Notice></div>}
        {found && !found.hostAnswers && !problem && <TakeOverForm hostName={found.hostName} silent={silent(found.machines).map((one) => one.name)} onDone={() => setDone(true)} />}
      </div>
    </Screen>
  )
}

function Done({ onBack }: { onBack: () => void }) {
  return (
    <Screen title="Host is gone" meta="another machine took its place">
      <AllDone title="This computer is the clinic’s host now" action={<ActionButton variant="filled" data-autofocus onClick={onBack}>To the machines</ActionButton>}>
        The others find it by themselves. New bills get a new letter in their number, so none is given twice. Keep the old host switched off: if it comes back, it turns read-only and hands over what only it knew. Add a new standby soon.
      </AllDone>
    </Screen>
  )
}
