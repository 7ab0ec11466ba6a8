import { useState } from 'react'
import type { DayAppointment } from '#shared/domains/scheduling/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import type { AppointmentActs } from './useActs.ts'
import { readLink } from './view.series.ts'
import panels from './Panels.module.css'
import styles from './Series.module.css'

/** The link of a visit by video: joined with one press, changed in place. */
export function VideoLink({ one, acts }: { one: DayAppointment; acts: AppointmentActs | undefined }) {
  const set = useCommand('scheduling.setTelehealth')
  const [text, setText] = useState<string>()
  const link = readLink(text ?? '')
  const save = async (url: string | null): Promise<void> => {
    const { id, telehealthUrl: was } = one
    if (!(await set.run({ id, url, was }).catch(() => undefined))) return
    setText(undefined)
    showToast({ text: 'Video link', strong: url === null ? 'taken away' : 'set', undo: () => set.run({ id, url: was, was: url }) })
  }
  if (text === undefined) {
    return (
      <div className={styles['video']}>
        {acts && one.telehealthUrl && <ActionButton variant="filled" keyId="day.video" onClick={() => acts.joinVideo(one)}>Join video</ActionButton>}
        {/* Selected as a whole with one press, so that it can be copied into a message. */}
        <span className={styles['linkText']} tabIndex={0} role="note" aria-label="Video link">{one.telehealthUrl ?? 'No video link yet.'}</span>
        {acts && <ActionButton size="compact-xs" onClick={() => setText(one.telehealthUrl ?? '')}>{one.telehealthUrl ? 'Change link' : 'Set link'}</ActionButton>}
      </div>
    )
  }
  return (
    <form
      className={panels['view']}
      onSubmit={(event) => {
        event.preventDefault()
        if ('url' in link) void save(link.url)
      }}
    >
      <TextField label="Video link" inputMode="url" autoComplete="off" autoFocus maxLength={limits.telehealth_url_chars} value={text} error={'problem' in link ? link.problem : undefined} onChange={(event) => setText(event.currentTarget.value)} />
      {set.refusal && <Notice tone="bad">{errorText(set.refusal)}</Notice>}
      <div className={panels['acts']}>
        <ActionButton type="submit" size="compact-xs" variant="filled" running={set.isRunning} disabledReason={'problem' in link ? link.problem : undefined} reasonAt="hidden">Save link</ActionButton>
        <ActionButton size="compact-xs" onClick={() => setText(undefined)}>Leave it</ActionButton>
      </div>
    </form>
  )
}
