import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { type Room, RoomKind, roomKinds } from '#shared/domains/clinic/model.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useKeys } from '#renderer/app/keys/keys.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { Card } from '#renderer/ui/Card.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { ChoiceField, Form } from '#renderer/ui/form.tsx'
import { roomKindWords } from '#renderer/ui/resource-words.ts'
import { EmptyState, Notice, QueryState } from '#renderer/ui/states.tsx'
import { showToast } from '#renderer/ui/toast-store.ts'
import styles from './Clinic.module.css'

/** The rooms in the order in which the day and the flow offer them. */
export function RoomsCard() {
  const query = useApiQuery('clinic.listAllRooms', {})
  const [edited, setEdited] = useState<Room>()
  const rooms = query.data ?? []
  const add = () => setEdited({ id: newId(), name: '', kind: 'exam', sortOrder: Math.max(0, ...rooms.map((room) => room.sortOrder)) + 1, isActive: true })
  useKeys([{ id: 'rooms.add', keys: 'N', label: 'Add a room', where: 'Settings', run: add }])
  const addButton = (
    <ActionButton size="compact-xs" keyId="rooms.add" onClick={add}>
      Add a room
    </ActionButton>
  )
  return (
    <Card title="Rooms" note="where patients wait for the doctor" aside={addButton} flush>
      <QueryState query={query} what="The list of rooms" />
      {query.data && rooms.length === 0 && <EmptyState title="No rooms yet">The day and the flow show which one is free.</EmptyState>}
      {rooms.map((room) => (
        <button key={room.id} type="button" className={styles['rowButton']} onClick={() => setEdited(room)}>
          <span className={room.isActive ? styles['name'] : styles['off']}>{room.name}</span>
          <span>{room.isActive ? roomKindWords[room.kind] : `${roomKindWords[room.kind]}, not in use`}</span>
        </button>
      ))}
      {edited && (
        <SidePanel key={edited.id} title={edited.name === '' ? 'Add a room' : edited.name} onClose={() => setEdited(undefined)}>
          <RoomForm room={edited} onDone={() => setEdited(undefined)} />
        </SidePanel>
      )}
    </Card>
  )
}

function RoomForm({ room: before, onDone }: { room: Room; onDone: () => void }) {
  const [room, setRoom] = useState(before)
  const save = useCommand('clinic.saveRoom')
  const missing = room.name.trim() === '' ? 'The name is missing.' : undefined
  const submit = async () => {
    if (missing || !(await save.run(room).catch(() => undefined))) return
    showToast({ text: 'Saved', strong: room.name })
    onDone()
  }
  return (
    <Form where="Settings" submitLabel="Save the room" onSubmit={() => void submit()}>
      <div className={styles['panel']}>
        <TextField label="Name" data-autofocus maxLength={80} value={room.name} onChange={(event) => setRoom({ ...room, name: event.currentTarget.value })} />
        <ChoiceField label="Kind" data={roomKinds.map((value) => ({ value, label: roomKindWords[value] }))} value={room.kind} onChange={(value) => setRoom({ ...room, kind: RoomKind.parse(value) })} />
        <Checkbox label="In use" description="When it is off, nobody is put there any more; past visits keep its name." checked={room.isActive} onChange={(event) => setRoom({ ...room, isActive: event.currentTarget.checked })} />
        {save.refusal && <Notice tone="bad">{errorText(save.refusal)}</Notice>}
        <ActionButton variant="filled" type="submit" keyId="form.submit" running={save.isRunning} disabledReason={missing}>
          Save the room
        </ActionButton>
      </div>
    </Form>
  )
}
