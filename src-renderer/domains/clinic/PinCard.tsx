import { useId, useRef, useState } from 'react'
import type { Tile } from '#shared/domains/session/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { Refusal } from '#shared/rpc/errors.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { IconPassword } from '#renderer/ui/icons.ts'
import { CardHead } from './CardHead.tsx'
import { ComeBack } from './ComeBack.tsx'
import { PinBoxes } from './PinBoxes.tsx'
import { useWait } from './useWait.ts'
import { waitWords } from './view.door.ts'
import styles from './Door.module.css'

interface PinCardProps {
  tile: Tile
  note: string | undefined
  place: string | undefined
  /** Who can reset it; nobody is named where nobody can. */
  helper: string | undefined
  onPin: (pin: string) => Promise<void>
  /** `why`: the core wants the password. */
  onPassword: (why?: string) => void
  onLeave: () => void
}

/** The one act of every switch: six digits, and the sixth opens. */
export function PinCard({ tile, note, place, helper, onPin, onPassword, onLeave }: PinCardProps) {
  const [digits, setDigits] = useState('')
  const [problem, setProblem] = useState<string>()
  const wait = useWait()
  const isRunning = useRef(false)
  const input = useRef<HTMLInputElement>(null)
  const [titleId, hintId] = [useId(), useId()]
  const type = async (next: string) => {
    if (isRunning.current || wait.seconds > 0) return
    setDigits(next)
    setProblem(undefined)
    if (next.length < limits.pin_digits) return
    isRunning.current = true
    try {
      await onPin(next)
    } catch (error) {
      setDigits('')
      if (error instanceof Refusal && error.code === 'PASSWORD_NEEDED') onPassword(whyIn(error))
      else if (!wait.take(error)) setProblem(errorText(error))
      input.current?.focus()
    } finally {
      isRunning.current = false
    }
  }
  const said = wait.seconds > 0 ? waitWords(wait.seconds) : problem
  return (
    <section className={styles['card']} aria-labelledby={titleId}>
      <div className={styles['stack']}>
        <CardHead person={tile} note={note} titleId={titleId} />
        <div>
          <PinBoxes label="PIN" value={digits} onChange={(next) => void type(next)} inputRef={input} describedBy={hintId} isWrong={said !== undefined} autoFocus />
          <p id={hintId} className={styles['hint']} data-wrong={said !== undefined || undefined} role={said === undefined ? undefined : 'alert'}>
            {said ?? `Opens at the last digit. ${limits.pin_tries} tries, then the password.`}
          </p>
        </div>
        {place !== undefined && <ComeBack place={place} />}
        <div className={styles['pair']}>
          <ActionButton icon={<IconPassword size={16} stroke={1.8} />} fullWidth onClick={() => onPassword()}>
            Use password
          </ActionButton>
          <ActionButton keys="Esc" fullWidth onClick={onLeave}>
            Not me
          </ActionButton>
        </div>
        <p className={styles['hint']}>Forgotten PIN? Sign in with your password{helper ? `, or ask ${helper} to let you in again` : ''}.</p>
      </div>
    </section>
  )
}

function whyIn({ data }: Refusal): string | undefined {
  return typeof data === 'object' && data !== null && 'why' in data && typeof data.why === 'string' ? data.why : undefined
}
