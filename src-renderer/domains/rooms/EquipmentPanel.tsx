import { NativeSelect, Switch } from '@mantine/core'
import { useState } from 'react'
import { EquipmentKind, equipmentKinds, type Equipment } from '#shared/domains/rooms/model.ts'
import { limits } from '#shared/kernel/limits.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { Notice } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import { equipmentWords } from '#renderer/ui/resource-words.ts'

/** One piece: its name, its kind, and whether visits can still book it. */
export function EquipmentPanel({ piece, onClose }: { piece: Equipment; onClose: () => void }) {
  const save = useCommand('rooms.saveEquipment')
  const [name, setName] = useState(piece.name)
  const [kind, setKind] = useState(piece.kind)
  const [isActive, setActive] = useState(piece.isActive)
  const missing = name.trim() === '' ? 'Give it a name.' : undefined
  const submit = async () => {
    if (missing) return
    try {
      await save.run({ ...piece, name: name.trim(), kind, isActive })
      showToast({ text: name.trim(), strong: 'saved', undo: () => save.run(piece).catch(() => undefined) })
      onClose()
    } catch {
      // Said in place below.
    }
  }
  return (
    <SidePanel title="Equipment" onClose={onClose} width={400} footer={<ActionButton type="submit" form="equipment" variant="filled" running={save.isRunning} disabledReason={missing} reasonAt="left">Save</ActionButton>}>
      <Form id="equipment" where="Rooms" submitLabel="Save" onSubmit={() => void submit()}>
        <TextField label="Name" autoComplete="off" maxLength={limits.name_chars} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <NativeSelect label="Kind" data={equipmentKinds.map((value) => ({ value, label: equipmentWords[value] }))} value={kind} onChange={(event) => setKind(EquipmentKind.parse(event.currentTarget.value))} />
        <Switch label="In use: visits can book it" checked={isActive} onChange={(event) => setActive(event.currentTarget.checked)} />
        {save.refusal && <Notice tone="bad">{errorText(save.refusal)}</Notice>}
      </Form>
    </SidePanel>
  )
}
