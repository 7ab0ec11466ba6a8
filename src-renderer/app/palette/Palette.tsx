import { Modal } from '@mantine/core'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { IconSearch } from '#renderer/ui/icons.ts'
import { KeyHint, keyRegistry, ModalKeys } from '../keys/keys.tsx'
import { isBareChord, matchesChord, parseKeys } from '../keys/match.ts'
import { useGo } from '../navigation.ts'
import { type PaletteItem, useActions, useCommands, useHits } from './items.ts'
import { PaletteOption } from './PaletteOption.tsx'
import styles from './Palette.module.css'

/** Ctrl K: patients, then actions for the chosen patient, then commands; preview at the right. */
export function Palette({ onClose }: { onClose: () => void }) {
  const go = useGo()
  const listId = useId()
  const [query, setQuery] = useState('')
  const [currentId, setCurrentId] = useState<string>()
  const [subjectId, setSubjectId] = useState<string>()
  const [isInActions, setInActions] = useState(false)
  const { hits, isSearching } = useHits(query)

  // The hit that was last looked at stays the subject of the actions while the arrows go on through them.
  const chosenHit = hits.find((item) => item.id === subjectId) ?? hits[0]
  const patient = chosenHit?.hit.kind === 'patient' ? chosenHit.hit : undefined
  const actions = useActions(patient)
  const commands = useCommands(query)
  const items: readonly PaletteItem[] = [...hits, ...actions, ...commands]
  const at = Math.max(0, items.findIndex((item) => item.id === currentId))
  const current = items[at]

  useFocusBack()

  const run = (item: PaletteItem | undefined) => {
    if (!item) return
    onClose()
    if (item.kind === 'hit') go(item.hit.path)
    else if (item.kind === 'action') item.action.run(item.patientId, { go })
    else item.command.run({ go }, query.trim().replace(/^>\s*/, ''))
  }
  const move = (to: number) => {
    const next = items[(to + items.length) % items.length]
    setCurrentId(next?.id)
    if (next?.kind === 'hit') setSubjectId(next.id)
  }
  const runLetter = (letter: string) => run(actions.find((item) => item.letter.toLowerCase() === letter.toLowerCase()))

  const onKeyDown = (event: KeyboardEvent) => {
    const number = event.ctrlKey || event.metaKey ? /^Digit([1-9])$/.exec(event.code)?.[1] : undefined
    // A command's own keys work here too, and take what was typed along: Ctrl Shift N registers “lop”.
    const command = commands.find((item) => isPressed(item.keys, event))
    const act = number ? () => run(hits[Number(number) - 1]) : command ? () => run(command) : paletteKey(event)
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  const paletteKey = (event: KeyboardEvent): (() => void) | undefined => {
    if (isInActions && event.key.length === 1 && !event.ctrlKey && !event.metaKey) return () => runLetter(event.key)
    switch (event.key) {
      case 'ArrowDown':
        return () => move(at + 1)
      case 'ArrowUp':
        return () => move(at - 1)
      case 'Enter':
        return () => run(current)
      case 'Tab':
        return () => {
          setInActions(!isInActions && actions.length > 0)
          setCurrentId(isInActions ? chosenHit?.id : actions[0]?.id)
        }
      case 'Escape':
        return isInActions ? () => setInActions(false) : onClose
      default:
        return undefined
    }
  }

  useEffect(() => {
    document.getElementById(`${listId}-${current?.id}`)?.scrollIntoView({ block: 'nearest' })
  }, [listId, current?.id])

  const Preview = chosenHit?.source.Preview
  return (
    <Modal.Root opened onClose={onClose} size={880} padding={0} centered={false} yOffset={82} closeOnEscape={false} lockScroll={false}>
      <Modal.Overlay />
      <Modal.Content aria-label="Find patient or command">
        <ModalKeys>
          <div className={styles['palette']} onKeyDown={onKeyDown}>
            <div className={styles['search']}>
              <IconSearch size={20} stroke={1.8} />
              <input
                ref={takeFocus}
                data-autofocus
                role="combobox"
                aria-label="Name, birth date, phone, MRN or command"
                aria-expanded={items.length > 0}
                aria-controls={listId}
                aria-autocomplete="list"
                aria-activedescendant={current ? `${listId}-${current.id}` : undefined}
                autoComplete="off"
                spellCheck={false}
                value={query}
                onChange={(event) => {
                  setQuery(event.currentTarget.value)
                  setInActions(false)
                  setCurrentId(undefined)
                  setSubjectId(undefined)
                }}
              />
              <span className={styles['hint']}>
                name, birth date, phone or MRN · <b>&gt;</b> commands only
              </span>
              <KeyHint keys="Esc" />
            </div>
            <div className={styles['columns']} data-preview={Preview && chosenHit ? '' : undefined}>
              <div id={listId} role="listbox" aria-label="Found" className={styles['list']} tabIndex={-1}>
                <Groups items={items} query={query} current={current} listId={listId} onRun={run} isInActions={isInActions} />
                {items.length === 0 && <p className={styles['none']}>{emptyText(query, isSearching)}</p>}
              </div>
              {Preview && chosenHit && (
                <aside className={styles['preview']} aria-label="Preview">
                  <Preview hit={chosenHit.hit} />
                </aside>
              )}
            </div>
            <footer className={styles['foot']}>
              <KeyHint keys="↑" />
              <KeyHint keys="↓" /> choose <KeyHint keys="Enter" /> open
              {actions.length > 0 && (
                <>
                  <KeyHint keys="Tab" /> {isInActions ? 'now a letter' : 'actions for this patient'}
                </>
              )}
              <span className={styles['space']} />
              Works the same without the host
            </footer>
          </div>
        </ModalKeys>
      </Modal.Content>
    </Modal.Root>
  )
}

function isPressed(keys: string | undefined, event: KeyboardEvent): boolean {
  const [chord, next] = keys === undefined ? [] : parseKeys(keys)
  return chord !== undefined && next === undefined && !isBareChord(chord) && matchesChord(event, chord, keyRegistry.platform)
}

function emptyText(query: string, isSearching: boolean): string {
  if (query.trim().length < 2) return 'Type two letters or digits.'
  return isSearching ? '' : 'Nobody matches. Try fewer letters, the birth year or the phone.'
}

interface GroupsProps {
  items: readonly PaletteItem[]
  query: string
  current: PaletteItem | undefined
  listId: string
  isInActions: boolean
  onRun: (item: PaletteItem) => void
}

function Groups({ items, query, current, listId, isInActions, onRun }: GroupsProps) {
  const groups = [...new Set(items.map((item) => item.group))]
  return groups.map((group, index) => (
    <div key={group} role="group" aria-labelledby={`${listId}-group-${index}`}>
      <div id={`${listId}-group-${index}`} className={styles['group']}>
        {group}
      </div>
      {items
        .filter((item) => item.group === group)
        .map((item, place) => (
          <PaletteOption
            key={item.id}
            id={`${listId}-${item.id}`}
            item={item}
            place={place}
            query={query}
            isCurrent={item === current}
            isInActions={isInActions}
            onRun={() => onRun(item)}
          />
        ))}
    </div>
  ))
}

/** In the same moment as Ctrl K: a letter typed right after it is the first of the search. */
function takeFocus(field: HTMLInputElement | null): void {
  field?.focus()
}

/** Closed without a choice, the cursor is back where it was, unless what was chosen has taken it. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(() => () => {
    requestAnimationFrame(() => {
      const isFree = document.activeElement === null || document.activeElement === document.body
      if (isFree && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    })
  }, [before])
}
