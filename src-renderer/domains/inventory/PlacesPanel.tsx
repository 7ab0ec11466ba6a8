import { useState } from 'react'
import type { StockPlace } from '#shared/domains/inventory/model.ts'
import { SidePanel } from '#renderer/app/SidePanel.tsx'
import { useApiQuery, useCommand } from '#renderer/rpc/api.ts'
import { errorText } from '#renderer/rpc/error-text.ts'
import { newId } from '#renderer/rpc/ids.ts'
import { ActionButton } from '#renderer/ui/ActionButton.tsx'
import { TextField } from '#renderer/ui/fields.tsx'
import { Form } from '#renderer/ui/form.tsx'
import { Notice, QueryState } from '#renderer/ui/states.tsx'
import styles from './Stock.module.css'

/** Where things are kept. */
export function PlacesPanel({ onClose }: { onClose: () => void }) {
  const places = useApiQuery('inventory.places', {})
  return (
    <SidePanel title="Places" onClose={onClose}>
      <div className={styles['panel']}>
        <QueryState query={places} what="The places" />
        {places.data?.length === 0 && <p className={styles['hint']}>No place yet. A clinic usually begins with a cabinet and a fridge.</p>}
        <ul role="list">{places.data?.map((place) => <Place key={place.id} place={place} />)}</ul>
      </div>
      {places.data && <NewPlace key={places.data.length} sortOrder={places.data.length + 1} />}
    </SidePanel>
  )
}

function Place({ place }: { place: StockPlace }) {
  const save = useCommand('inventory.savePlace')
  const flip = () => void save.run({ ...place, isActive: !place.isActive }).catch(() => undefined)
  return (
    <li className={styles['place']}>
      <span className={place.isActive ? styles['name'] : styles['quiet']}>{place.name}{!place.isActive && ' (not used)'}</span>
      <ActionButton size="compact-xs" running={save.isRunning} onClick={flip} aria-label={`${place.isActive ? 'Close' : 'Open'} ${place.name}`}>{place.isActive ? 'Close' : 'Open again'}</ActionButton>
      {save.refusal && <Notice tone="bad">{errorText(save.refusal)}</Notice>}
    </li>
  )
}

function NewPlace({ sortOrder }: { sortOrder: number }) {
  const [id] = useState(newId)
  const [name, setName] = useState('')
  const [wasTried, setTried] = useState(false)
  const save = useCommand('inventory.savePlace')
  const submit = () => {
    setTried(true)
    if (name.trim() !== '') void save.run({ id, name: name.trim(), isActive: true, sortOrder }).catch(() => undefined)
  }
  return (
    <Form where="Places" submitLabel="Add place" onSubmit={submit}>
      <div className={styles['panel']}>
        <TextField label="New place" data-autofocus maxLength={80} autoComplete="off" value={name} onChange={(event) => setName(event.currentTarget.value)} error={wasTried && name.trim() === '' ? 'Say what it is called: cabinet 2.' : undefined} />
        {save.refusal && <Notice tone="bad">{errorText(save.refusal)}</Notice>}
        <div><ActionButton variant="filled" type="submit" keyId="form.submit" running={save.isRunning}>Add place</ActionButton></div>
      </div>
    </Form>
  )
}
