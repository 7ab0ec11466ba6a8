import { Switch } from '@mantine/core'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { KeyHint, keyRegistry, useRegisteredKeys } from './keys.tsx'
import type { RegisteredKey } from './registry.ts'
import styles from './KeysPage.module.css'

/** `?`: the keys of the screen that is open, by where they work, and the switch for single letters. */
export function KeysPage({ onClose }: { onClose: () => void }) {
  const all = useRegisteredKeys()
    .filter((entry) => !entry.hidden)
    .sort((a, b) => a.order - b.order)
  const groups = [...new Set(all.map((entry) => entry.where))].sort((a, b) => Number(a === 'Everywhere') - Number(b === 'Everywhere'))
  return (
    <Dialog title="Keys that work here" onClose={onClose} size={720}>
        <div className={styles['groups']}>
          {groups.map((where) => (
            <KeyGroup key={where} where={where} entries={all.filter((entry) => entry.where === where)} />
          ))}
        </div>
        <div className={styles['foot']}>
          <Switch
            checked={keyRegistry.singleLettersOn}
            onChange={(event) => keyRegistry.setSingleLetters(event.currentTarget.checked)}
            label="Single letters and digits work as keys (never while you type)"
          />
        </div>
    </Dialog>
  )
}

function KeyGroup({ where, entries }: { where: string; entries: readonly RegisteredKey[] }) {
  const unique = entries.filter((entry, index) => entries.findIndex((other) => other.id === entry.id) === index)
  return (
    <section>
      <h3>{where}</h3>
      <ul role="list">
        {unique.map((entry) => (
          <li key={entry.id}>
            <span>{entry.label}</span>
            <KeyHint keys={entry.keys} />
            <span className="visually-hidden">{entry.keys}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
