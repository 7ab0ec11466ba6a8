import { useEffect, useId, useState } from 'react'
import { useSession } from '#renderer/rpc/session.ts'
import { PrintDesk } from '#renderer/app/print/PrintPreview.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { codesDocument } from './codes-document.tsx'
import { DoorScreen } from './DoorScreen.tsx'
import { CodesStep, ScanStep } from './SecondFactorSteps.tsx'
import './words.ts'
import doorStyles from './Door.module.css'
import styles from './SecondFactor.module.css'

/** R10: the clinic asks for two factors and this person has one. Nothing else is open until the second is set up. */
export function EnrolPage({ onDone }: { onDone: () => void }) {
  const { clinic, idleSeconds, phase, signOut } = useSession()
  const [codes, setCodes] = useState<readonly string[]>()
  const [isPrinting, setPrinting] = useState(false)
  const titleId = useId()
  useEffect(() => {
    document.title = 'Second factor · Cairn'
  }, [])
  useEffect(() => {
    // Set up in another window, or not needed any more: there is nothing to scan here.
    if (phase === 'active' && codes === undefined) onDone()
  }, [phase, codes, onDone])
  if (!clinic) return null
  if (isPrinting && codes) return <PrintDesk documents={[codesDocument(clinic, codes)]} fileName="one-time-codes" onClose={() => setPrinting(false)} onPrinted={() => setPrinting(false)} />
  return (
    <DoorScreen
      clinic={clinic} title="Second factor" idleSeconds={idleSeconds}
      card={
        <section className={[doorStyles['card'], styles['wide']].join(' ')} aria-labelledby={titleId}>
          <div className={doorStyles['stack']}>
            <div>
              <h2 id={titleId}>{codes ? 'Your one-time codes' : 'Set up your second factor'}</h2>
              {!codes && <p>Your clinic asks everyone for a code from their phone beside the password: a stolen password alone then opens nothing.</p>}
            </div>
            {codes ? <CodesStep codes={codes} onPrint={() => setPrinting(true)} onDone={onDone} /> : <ScanStep onCodes={setCodes} />}
            {!codes && (
              <div className={styles['acts']}>
                <ActionButton variant="subtle" onClick={() => void signOut()}>
                  Not now, sign out
                </ActionButton>
              </div>
            )}
          </div>
        </section>
      }
    />
  )
}
