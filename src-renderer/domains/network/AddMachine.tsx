import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { PairingStep } from '#shared/domains/network/model.ts'
import { toMs } from '#shared/kernel/time.ts'
import { profiles } from '#shared/sync/messages.ts'
import { profileWords } from '#renderer/app/network/words.ts'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { ChoiceField } from '#renderer/ui/form.tsx'
import { count, digitGroups } from '#renderer/ui/format.ts'
import { QrCode } from '#renderer/ui/QrCode.tsx'
import { LoadingSkeleton, Notice } from '#renderer/ui/states.tsx'
import { useClock } from './useClock.ts'
import { type Pairing, usePairing } from './usePairing.ts'
import { countdown, grouped } from './view.machines.ts'
import { systemWords } from './view.ts'
import styles from './AddMachine.module.css'

/** Shows a code for five minutes; the new machine types it, both compare six digits, and a person here says yes. */
export function AddMachine({ onClose }: { onClose: () => void }) {
  const pairing = usePairing()
  const body = useRef<HTMLDivElement>(null)
  const { shown, asking, paired, over, problem } = pairing
  // What stood here before is gone, and with it whatever had the focus: it goes to the safe button of what stands here now.
  useEffect(() => body.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), [shown?.code, asking?.requestId, paired, over, problem])
  return (
    <Dialog title="Add a machine" onClose={onClose} size={620}>
      <div ref={body} className={styles['dialog']}>
        <Body pairing={pairing} onAgain={pairing.again} onClose={onClose} />
      </div>
    </Dialog>
  )
}

function Body({ pairing, onAgain, onClose }: { pairing: Pairing; onAgain: () => void; onClose: () => void }) {
  const { shown, asking, paired, over, problem } = pairing
  if (paired) {
    return (
      <Ended tone="ok" title={`${paired} is one of the clinic’s machines now.`} act={<ActionButton data-autofocus onClick={onAgain}>Add another one</ActionButton>} onClose={onClose}>
        It is copying what its work needs. Whoever works there signs in with the same name and password.
      </Ended>
    )
  }
  const ended = over && endings[over]
  if (problem ?? ended) {
    return (
      <Ended tone={over === 'locked' ? 'bad' : 'warn'} title={problem ? 'No code could be shown.' : ended?.title ?? ''} act={<ActionButton variant="filled" data-autofocus onClick={onAgain}>Show a new code</ActionButton>} onClose={onClose}>
        {problem ?? ended?.text}
      </Ended>
    )
  }
  if (asking) return <Asking key={asking.requestId} asking={asking} />
  if (shown) return <Waiting shown={shown} triesLeft={pairing.triesLeft} onClose={onClose} />
  return <LoadingSkeleton />
}

const endings: Record<Extract<PairingStep, { is: 'over' }>['why'], { title: string; text: string }> = {
  expired: { title: 'The code is over.', text: 'It was good for five minutes, and nobody used it.' },
  locked: { title: 'Locked after five wrong codes.', text: 'Somebody guessed, or the wrong code was read out. Nobody joined. Look who stands at the other machine before you show a new one.' },
  declined: { title: 'Not added.', text: 'You said no to that machine. It got nothing.' },
  closed: { title: 'The code was taken away.', text: 'Another window closed it, or the host stopped serving. Nobody joined.' },
}

function Ended({ tone, title, children, act, onClose }: { tone: 'ok' | 'warn' | 'bad'; title: string; children: string | undefined; act: ReactNode; onClose: () => void }) {
  return (
    <div role="status" className={styles['ended']}>
      <Notice tone={tone} title={title}>{children}</Notice>
      <div className={styles['acts']}>
        {act}
        <ActionButton onClick={onClose} keys="Esc">Close</ActionButton>
      </div>
    </div>
  )
}

function Waiting({ shown, triesLeft, onClose }: { shown: Extract<PairingStep, { is: 'waiting' }>; triesLeft: number | undefined; onClose: () => void }) {
  const now = useClock()
  return (
    <>
      <p>On the new machine, open Cairn and choose <strong>Join this clinic’s network</strong>. It finds this host by itself and asks for the code.</p>
      <div className={styles['code']}>
        <QrCode text={shown.qr} label="The same code and address, to scan" />
        <div>
          <strong className={`${styles['big']} unmistakable`} aria-label="Code">{grouped(shown.code)}</strong>
          <p>Good for <span className={styles['left']} role="timer">{countdown(toMs(shown.until), now)}</span>, for one machine.</p>
          {triesLeft !== undefined && <div role="alert"><Notice tone="warn">{`Somebody typed a wrong code. ${count(triesLeft, 'try', 'tries')} left, then it is locked.`}</Notice></div>}
        </div>
      </div>
      <p className={styles['addresses']}>
        If it finds nothing, type the address there: {shown.addresses.map((address) => <span key={address} className="code">{address}</span>)}
      </p>
      <div className={styles['acts']}>
        <ActionButton data-autofocus onClick={onClose} keys="Esc">Take the code away</ActionButton>
      </div>
    </>
  )
}

function Asking({ asking }: { asking: Extract<PairingStep, { is: 'asking' }> }) {
  const [name, setName] = useState(asking.name)
  const [profile, setProfile] = useState(asking.profile)
  const answer = useCommand('network.answerPairing')
  const say = (allow: boolean) => void answer.run({ requestId: asking.requestId, allow, name: name.trim() || null, profile }).catch(() => undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') say(true)
  }
  return (
    <form className={styles['asking']} noValidate onSubmit={submit}>
      <p role="status">A machine with the right code asks to join ({systemWords(asking.os)}). Do both screens show these six digits?</p>
      <strong className={styles['digits']} aria-label="Six digits">{digitGroups(asking.digits)}</strong>
      <TextField label="Name of the machine" description="Where it stands, as everybody calls it" maxLength={80} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <ChoiceField label="What it holds" data={profiles.map((value) => ({ value, label: profileWords[value].name }))} value={profile} onChange={(value) => setProfile(profiles.find((one) => one === value) ?? profile)} />
      <p>{capital(profileWords[profile].holds)}. What a machine does not need never reaches its disk.</p>
      {answer.refusal && <Notice tone="bad">{errorText(answer.refusal)}</Notice>}
      <div className={styles['acts']}>
        <ActionButton data-autofocus onClick={() => say(false)}>They differ, say no</ActionButton>
        <ActionButton variant="filled" type="submit" running={answer.isRunning} disabledReason={name.trim() === '' ? 'The name is missing.' : undefined} reasonAt="left">They are the same, let it in</ActionButton>
      </div>
    </form>
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
