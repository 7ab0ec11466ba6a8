import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { EquipmentKind, equipmentKinds, type Equipment } from '#shared/domains/rooms/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { equipmentWords } from '#renderer/ui/resource-words.ts'
import { Notice } from '#renderer/ui/states.tsx'
import styles from './Rooms.module.css'

/** One more piece that visits can book. */
export function NewEquipment({ existing }: { existing: readonly Equipment[] }) {
  const save = useCommand('rooms.saveEquipment')
  const [name, setName] = useState('')
  const [kind, setKind] = useState<EquipmentKind>('ecg')
  const missing = name.trim() === '' ? 'Give it a name.' : undefined
  const add = async () => {
    const sortOrder = Math.max(0, ...existing.map((one) => one.sortOrder)) + 1
    // A refusal is said in place below, and what was typed stays.
    await save.run({ id: newId(), name: name.trim(), kind, isActive: true, sortOrder }).then(() => setName(''), () => undefined)
  }
  return (
    <Card title="Add equipment">
      <form className={styles['add']} aria-label="New piece of equipment" onSubmit={(event) => { event.preventDefault(); if (!missing) void add() }}>
        <TextField label="Equipment" autoComplete="off" maxLength={limits.name_chars} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <NativeSelect label="Kind" data={equipmentKinds.map((value) => ({ value, label: equipmentWords[value] }))} value={kind} onChange={(event) => setKind(EquipmentKind.parse(event.currentTarget.value))} />
        <ActionButton type="submit" disabledReason={missing} reasonAt="hidden">Add</ActionButton>
        {save.refusal && <Notice tone="bad">{errorText(save.refusal)}</Notice>}
      </form>
    </Card>
  )
}
