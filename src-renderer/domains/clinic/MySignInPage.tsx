import { useState } from 'react'
import type { OwnSignIn } from '#shared/domains/session/model.ts'
import { isWeakPin } from '#shared/domains/session/rules.ts'
import { limits } from '#shared/kernel/limits.ts'
import { useActor, useToday, useZone } from '#renderer/app/actor.tsx'
import { PrintDesk } from '#renderer/app/print/PrintPreview.tsx'
import { Screen } from '#renderer/app/Screen.tsx'
import { api, useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { dateTime } from '#renderer/ui/format.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { codesDocument } from './codes-document.tsx'
import { OwnPasswordCard } from './OwnPasswordCard.tsx'
import { PinBoxes } from './PinBoxes.tsx'
import { CodesStep, ScanStep } from './SecondFactorSteps.tsx'
import styles from './SecondFactor.module.css'

/** What somebody sets of their own sign-in: the PIN for this shared desk, the second factor, and the windows left open. */
export function MySignInPage() {
  const query = useApiQuery('session.mine', {})
  const { name, clinic } = useActor()
  const [printing, setPrinting] = useState<readonly string[]>()
  if (printing) return <PrintDesk documents={[codesDocument(clinic, printing)]} fileName="one-time-codes" onClose={() => setPrinting(undefined)} onPrinted={() => setPrinting(undefined)} />
  return (
    <Screen title="My sign-in" meta={name}>
      <QueryState query={query} what="Your sign-in" />
      {query.data && (
        <div className={styles['mine']}>
          <div>
            <PinCard own={query.data} />
            <OwnPasswordCard userName={query.data.userName} />
          </div>
          <div>
            <FactorCard own={query.data} onPrint={setPrinting} />
            <WindowsCard own={query.data} />
          </div>
        </div>
      )}
    </Screen>
  )
}

function PinCard({ own }: { own: OwnSignIn }) {
  const set = useCommand('session.setPin')
  const remove = useCommand('session.removePin')
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  if (!own.mayHavePin) return <Card title="PIN"><p>Administrators have none: what they may do asks for the password each time.</p></Card>
  const isFull = pin.length === limits.pin_digits
  const missing = !isFull ? 'Six digits.' : isWeakPin(pin) ? 'These digits are the first that anybody would try.' : again !== pin ? 'Type the same six digits again.' : undefined
  const save = async () => {
    if (missing || !(await set.run({ pin }).catch(() => undefined))) return
    setPin('')
    setAgain('')
    showToast({ text: 'Your PIN is set' })
  }
  const refusal = set.refusal ?? remove.refusal
  return (
    <Card title="PIN" note={own.pinSince ? 'set' : 'not set'}>
      <form className={styles['steps']} noValidate onSubmit={(event) => { event.preventDefault(); void save() }}>
        <p>Six digits open your work on a shared computer for twelve hours after your full sign-in there. Signing and changes of rights still ask for the password.</p>
        <div className={styles['row']}>
          <PinBoxes label={own.pinSince ? 'New PIN' : 'PIN'} value={pin} onChange={setPin} />
          <PinBoxes label="The same again" value={again} onChange={setAgain} isWrong={again.length === limits.pin_digits && again !== pin} />
        </div>
        {refusal && <Notice tone="bad">{errorText(refusal)}</Notice>}
        <div className={styles['acts']}>
          <ActionButton type="submit" variant="filled" running={set.isRunning} disabledReason={missing}>
            Set the PIN
          </ActionButton>
          {own.pinSince && (
            <ActionButton running={remove.isRunning} onClick={() => void remove.run({}).catch(() => undefined)}>
              Remove it
            </ActionButton>
          )}
        </div>
      </form>
    </Card>
  )
}

function FactorCard({ own, onPrint }: { own: OwnSignIn; onPrint: (codes: readonly string[]) => void }) {
  const [codes, setCodes] = useState<readonly string[]>()
  const [isScanning, setScanning] = useState(false)
  const [problem, setProblem] = useState<string>()
  const zone = useZone()
  const today = useToday()
  const renew = () => void api.session.newOneTimeCodes({}).then((drawn) => setCodes(drawn.codes), (error: unknown) => setProblem(errorText(error)))
  const note = own.secondFactorSince ? `since ${dateTime(own.secondFactorSince, zone, today)}` : own.policy === 'required' ? 'asked for at your next sign-in' : 'not set'
  return (
    <Card title="Second factor" note={note}>
      {codes ? (
        <CodesStep codes={codes} onPrint={() => onPrint(codes)} onDone={() => setCodes(undefined)} />
      ) : isScanning ? (
        <ScanStep onCodes={(drawn) => { setScanning(false); setCodes(drawn) }} />
      ) : (
        <div className={styles['steps']}>
          <p>{own.secondFactorSince ? `A code of your app is asked for beside the password. ${own.codesLeft} of ${limits.one_time_codes} printed codes are left.` : 'A code from your phone beside the password: a stolen password alone then opens nothing.'}</p>
          {problem && <Notice tone="bad">{problem}</Notice>}
          <div className={styles['acts']}>
            <ActionButton onClick={() => setScanning(true)}>{own.secondFactorSince ? 'Set up another phone' : 'Set up the second factor'}</ActionButton>
            {own.secondFactorSince && <ActionButton onClick={renew}>New printed codes</ActionButton>}
          </div>
        </div>
      )}
    </Card>
  )
}

function WindowsCard({ own }: { own: OwnSignIn }) {
  const end = useCommand('session.endOwn')
  const zone = useZone()
  const today = useToday()
  return (
    <Card title="Where you are signed in">
      <ul role="list" className={styles['list']}>
        {own.sessions.map((one) => (
          <li key={one.id}>
            <span>
              {one.isThis ? 'This window' : one.isLocked ? 'Another window, locked' : 'Another window, open'} · since {dateTime(one.startedAt, zone, today)}
            </span>
            {!one.isThis && (
              <ActionButton size="compact-xs" onClick={() => void end.run({ sessionId: one.id }).catch(() => undefined)}>
                End it
              </ActionButton>
            )}
          </li>
        ))}
      </ul>
      {end.refusal && <Notice tone="bad">{errorText(end.refusal)}</Notice>}
    </Card>
  )
}
