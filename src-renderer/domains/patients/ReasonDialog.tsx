import { type DuplicateReason, duplicateReasons } from '#shared/domains/patients/model.ts'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import styles from './Register.module.css'
import { reasonWords } from './words.ts'

interface ReasonDialogProps {
  /** What goes on once a reason is chosen: "Register", "Save". */
  what: string
  onChoose: (reason: DuplicateReason) => void
  onClose: () => void
}

/** A second record of one person is found by nobody in an emergency, so the reason is asked and kept. */
export function ReasonDialog({ what, onChoose, onClose }: ReasonDialogProps) {
  return (
    <Dialog title="Why is this another person?" size={520} onClose={onClose}>
      <Reasons what={what} onChoose={onChoose} onClose={onClose} />
    </Dialog>
  )
}

function Reasons({ what, onChoose, onClose }: ReasonDialogProps) {
  useKeys(duplicateReasons.map((reason, at) => ({ id: `duplicate.reason.${at + 1}`, keys: String(at + 1), label: reasonWords[reason], where: 'Another person', run: () => onChoose(reason) })))
  return (
    <div className={styles['reasons']}>
      <p>Somebody very like this is here already. The reason is kept with both patients.</p>
      {duplicateReasons.map((reason, at) => (
        <ActionButton key={reason} keyId={`duplicate.reason.${at + 1}`} justify="space-between" fullWidth onClick={() => onChoose(reason)}>
          {what}: {reasonWords[reason].charAt(0).toLowerCase() + reasonWords[reason].slice(1)}
        </ActionButton>
      ))}
      <ActionButton variant="subtle" onClick={onClose}>
        Back to the form
      </ActionButton>
    </div>
  )
}
