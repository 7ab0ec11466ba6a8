import { useState } from 'react'
import type { Concept } from '#shared/domains/encounters/model.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { api, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { DateField, optional } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { CodeSearch } from './CodeSearch.tsx'
import styles from './Panel.module.css'

export function ProblemPanel({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const add = useCommand('encounters.addProblem')
  const [concept, setConcept] = useState<Concept>()
  const [onsetOn, setOnset] = useState<string>()
  const [id] = useState(newId)
  const submit = () => {
    if (!concept) return
    void add.run({ id, patientId, concept, onsetOn: onsetOn ?? null }).then(() => {
      showToast({ text: 'On the problem list:', strong: concept.label, undo: () => api.encounters.markProblemInError({ id }) })
      onClose()
    }, () => undefined)
  }
  return (
    <SidePanel
      title="Add problem" onClose={onClose}
      footer={<ActionButton variant="filled" keyId="form.submit" running={add.isRunning} disabledReason={concept ? undefined : 'Choose a problem first.'} onClick={submit}>Add problem</ActionButton>}
    >
      <Form where="Add problem" submitLabel="Add problem" onSubmit={submit}>
        {add.refusal && <Notice tone="bad">{errorText(add.refusal)}</Notice>}
        {concept ? (
          <div className={styles['chosen']}>
            <span><b className="code">{concept.code}</b> {concept.label}</span>
            <ActionButton variant="subtle" size="compact-xs" onClick={() => setConcept(undefined)}>Change</ActionButton>
          </div>
        ) : (
          <CodeSearch label="Problem" allowWords autoFocus onPick={setConcept} />
        )}
        <DateField label={optional('Since')} value={onsetOn} onChange={setOnset} />
      </Form>
    </SidePanel>
  )
}
