import { useEffect, useRef } from 'react'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { errorText } from '#renderer/rpc/error-text.ts'
import styles from './Door.module.css'

interface Advice { title: string; steps: readonly string[] }

const advice: Readonly<Record<string, Advice>> = {
  DATABASE_DAMAGED: {
    title: 'The records on this computer cannot be read safely',
    steps: [
      'Nothing was opened and nothing was changed: a half-read chart would be worse than none.',
      'Copy the folder with the records to another disk before anything else is tried.',
      'Restore the last backup into an empty folder and start Cairn with it.',
      'Until then work on paper. Call whoever looks after this computer: a disk that damages one page damages more.',
    ],
  },
  KEYRING_DAMAGED: {
    title: 'The key file beside the records cannot be read',
    steps: [
      'The records themselves are not touched. They stay locked until their key file is back.',
      'All its copies (keyring.json, keyring.copy.json, keyring.spare.json) are unreadable. Put back any one from the last backup.',
      'Then sign in as usual, or with the printed key.',
    ],
  },
  DATABASE_NEWER: {
    title: 'These records were written by a newer Cairn',
    steps: ['Nothing was opened, so that nothing newer is lost.', 'Update Cairn on this computer to the version of the other ones, then sign in.'],
  },
  MACHINE_REVOKED: {
    title: 'This computer was taken out of the clinic',
    steps: [
      'An administrator did this at the host. Everybody is signed out here, and no password opens anything on this computer any more.',
      'What was done here and not sent is kept, encrypted: keep the folder until an administrator has said that nothing is missing.',
      'If it is to belong to the clinic again, start Cairn with an empty folder and join the network with a new code.',
    ],
  },
  DISK_FULL: {
    title: 'The disk of this computer is full',
    steps: ['Nothing that was saved before is lost.', 'Empty the bin or move large files away, then try again.'],
  },
}

/** In place of the password: what happened, what is safe, and the way out. */
export function Trouble({ code, onRetry, onRecover }: { code: string; onRetry?: () => void; onRecover?: () => void }) {
  const { title, steps } = advice[code] ?? { title: errorText(undefined), steps: [] }
  const acts = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The password field is gone, and with it the place where the keys went.
    acts.current?.querySelector('button')?.focus()
  }, [])
  return (
    <section className={styles['card']} data-wide aria-labelledby="trouble-title" role="alert">
      <Notice tone="bad" title={<span id="trouble-title">{title}.</span>} />
      <ol className={styles['steps']}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <div ref={acts} className={styles['more']}>
        {onRetry && (
          <ActionButton variant="filled" onClick={onRetry}>
            Try again
          </ActionButton>
        )}
        {onRecover && <ActionButton onClick={onRecover}>Use the printed key</ActionButton>}
        <span className="code">{code}</span>
      </div>
    </section>
  )
}
