import { Checkbox, Select } from '@mantine/core'
import { useState } from 'react'
import type { RecallRule } from '#shared/domains/calls/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { count } from '#renderer/ui/format.ts'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import styles from './Calls.module.css'

/** "Every 12 months after a check-up": whom the clinic calls without anybody having written it. */
export function RulesCard() {
  const rules = useApiQuery('calls.listRules', {})
  const types = useApiQuery('scheduling.listTypes', {}).data ?? []
  const save = useCommand('calls.saveRule')
  const nameOf = (id: string): string => types.find((one) => one.id === id)?.name ?? 'A type that is not used any more'
  const keep = (rule: RecallRule) => void save.run(rule).catch(() => undefined)
  return (
    <div className={styles['rules']}>
      <Card title="Recall rules" note="by the last visit of a type">
        <QueryState query={rules} what="The rules" />
        {save.refusal && <Notice tone="bad" title="Not saved.">{errorText(save.refusal)}</Notice>}
        {rules.data?.length === 0 && <p className={styles['quiet']}>No rule yet: patients are called when somebody writes a recall.</p>}
        <ul role="list" className={styles['list']}>
          {rules.data?.map((rule) => (
            <li key={rule.id}>
              <Checkbox label={`${nameOf(rule.typeId)}: every ${count(rule.months, 'month')}`} checked={rule.isActive} onChange={(event) => keep({ ...rule, isActive: event.currentTarget.checked })} />
            </li>
          ))}
        </ul>
        <NewRule types={types} isRunning={save.isRunning} onSave={keep} />
      </Card>
    </div>
  )
}

interface NewRuleProps { types: readonly { id: string; name: string }[]; isRunning: boolean; onSave: (rule: RecallRule) => void }

function NewRule({ types, isRunning, onSave }: NewRuleProps) {
  const [typeId, setType] = useState<string | null>(null)
  const [text, setText] = useState('12')
  const months = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0
  const isSound = months >= 1 && months <= limits.recall_months_max
  const missing = !typeId ? 'Choose a visit type' : isSound ? undefined : 'Say after how many months'
  return (
    <form
      className={styles['new']} noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (typeId && isSound) onSave({ id: newId(), typeId, months, isActive: true })
      }}
    >
      <Select label="Visit type" data={types.map((one) => ({ value: one.id, label: one.name }))} value={typeId} onChange={setType} />
      <TextField label="Months after it" inputMode="numeric" value={text} error={text.trim() !== '' && !isSound && `1 to ${limits.recall_months_max}`} onChange={(event) => setText(event.currentTarget.value)} />
      <ActionButton type="submit" running={isRunning} disabledReason={missing}>Add rule</ActionButton>
    </form>
  )
}
