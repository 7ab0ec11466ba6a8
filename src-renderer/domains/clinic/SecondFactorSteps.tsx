import { type FormEvent, useEffect, useState } from 'react'
import { api } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { QrCode } from '#renderer/ui/QrCode.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import styles from './SecondFactor.module.css'

/** Scan, type what the app shows, keep the printed codes. `onCodes` gets the ten codes, which are shown this once. */
export function ScanStep({ onCodes }: { onCodes: (codes: readonly string[]) => void }) {
  const [drawn, setDrawn] = useState<{ uri: string; secret: string }>()
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string>()
  const [isRunning, setRunning] = useState(false)
  useEffect(() => {
    api.session.beginSecondFactor({}).then(setDrawn, (error: unknown) => setProblem(errorText(error)))
  }, [])
  const confirm = async (event: FormEvent) => {
    event.preventDefault()
    if (isRunning || code.trim() === '') return
    setRunning(true)
    setProblem(undefined)
    try {
      onCodes((await api.session.confirmSecondFactor({ code })).codes)
    } catch (error) {
      setProblem(errorText(error))
      setCode('')
    } finally {
      setRunning(false)
    }
  }
  if (!drawn) return problem ? <Notice tone="bad">{problem}</Notice> : null
  return (
    <form className={styles['steps']} noValidate onSubmit={(event) => void confirm(event)}>
      <div className={styles['scan']}>
        <QrCode text={drawn.uri} label="Code for your authenticator app" />
        <div className={styles['beside']}>
          <p>Scan this with an authenticator app on your phone. Any one that makes six-digit codes will do.</p>
          <p>
            No camera? Type this into the app:
            <strong className="unmistakable">{drawn.secret.match(/.{1,4}/g)?.join(' ')}</strong>
          </p>
        </div>
      </div>
      <TextField label="What the app shows now" description="Six digits" data-autofocus autoFocus inputMode="numeric" autoComplete="off" maxLength={7} className="code" value={code} error={problem} onChange={(event) => setCode(event.currentTarget.value)} />
      <ActionButton type="submit" variant="filled" keys="Enter" running={isRunning}>
        Set up the second factor
      </ActionButton>
    </form>
  )
}

/** Ten codes for the day the phone is gone. They are printed or written down now, because they are never shown again. */
export function CodesStep({ codes, onPrint, onDone }: { codes: readonly string[]; onPrint: () => void; onDone: () => void }) {
  return (
    <div className={styles['steps']}>
      <p>Ten codes, each good for one sign-in without your phone. Keep them on paper, away from this desk. They are not shown again.</p>
      <ol className={styles['codes']}>
        {codes.map((code) => (
          <li key={code} className="unmistakable">
            {code}
          </li>
        ))}
      </ol>
      <div className={styles['acts']}>
        <ActionButton variant="filled" data-autofocus onClick={onPrint}>
          Print the codes
        </ActionButton>
        <ActionButton onClick={onDone}>I have them on paper</ActionButton>
      </div>
    </div>
  )
}
