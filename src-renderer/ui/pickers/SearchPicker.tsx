import { Popover, TextInput } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { KeyHint } from '#renderer/app/keys/keys.tsx'
import { IconSearch } from '../icons.ts'
import { type PickerSearch, usePickerSearch } from './use-picker-search.ts'
import styles from './SearchPicker.module.css'

interface SearchPickerProps<T> {
  label: string
  /** The name is said and not drawn above: a heading stands there already, or it stands in the empty field (a row of filters). */
  hideLabel?: boolean
  placeholder?: string
  search: PickerSearch<T>
  optionKey: (option: T) => string
  renderOption: (option: T, query: string) => ReactNode
  /** `withShift`: Shift Enter or Shift click, the second way to take it ("also add to the problem list"). */
  onPick: (option: T, how: { withShift: boolean }) => void
  /** What Shift Enter does; the hint is shown only when there is one. */
  shiftLabel?: string
  /** What is typed, for drafts and for handing it to a registration. */
  onText?: (text: string) => void
  /** Shown when nothing matches. */
  nothing?: (text: string) => ReactNode
  fewestLetters?: number
  autoFocus?: boolean
  id?: string
  error?: ReactNode
  description?: ReactNode
}

/**
 * Words, then Enter for the first answer or Ctrl 1 to 9 for another: how a patient, a diagnosis, a service or a
 * drug is chosen. The field keeps the focus; the list is told to screen readers through aria-activedescendant.
 */
export function SearchPicker<T>(props: SearchPickerProps<T>) {
  const { label, hideLabel = false, optionKey, renderOption, onPick, shiftLabel, onText, nothing, fewestLetters = 2, autoFocus = false, id, error, description, placeholder } = props
  const listId = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const [isOpen, setOpen] = useState(false)
  /** Enter was faster than the answer: the first of the answer to this text is meant. */
  const [awaited, setAwaited] = useState<{ text: string; withShift: boolean }>()
  const { options, isSettled } = usePickerSearch(props.search, text, fewestLetters)
  const chosen = Math.min(at, Math.max(0, options.length - 1))
  const showsNothing = isSettled && options.length === 0 && text.trim().length >= fewestLetters && nothing !== undefined
  const isShown = isOpen && (options.length > 0 || showsNothing)

  const change = (next: string) => {
    setText(next)
    setAt(0)
    setAwaited(undefined)
    setOpen(true)
    onText?.(next)
  }
  const pick = (option: T | undefined, withShift: boolean) => {
    if (option === undefined) return
    change('')
    setOpen(false)
    onPick(option, { withShift })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keyAct(event)
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  const keyAct = (event: KeyboardEvent): (() => void) | undefined => {
    const digit = event.ctrlKey || event.metaKey ? /^Digit([1-9])$/.exec(event.code)?.[1] : undefined
    if (digit && isShown && options[Number(digit) - 1]) return () => pick(options[Number(digit) - 1], false)
    if (event.ctrlKey || event.altKey || event.metaKey) return undefined
    if (event.key === 'Escape' && text !== '') return () => change('')
    // An answer to an older text must not be taken by a fast Enter; it waits for its own.
    if (event.key === 'Enter' && !isSettled && text.trim().length >= fewestLetters) return () => setAwaited({ text, withShift: event.shiftKey })
    if (!isShown || options.length === 0) return event.key === 'ArrowDown' && text !== '' ? () => setOpen(true) : undefined
    if (event.key === 'ArrowDown') return () => setAt((chosen + 1) % options.length)
    if (event.key === 'ArrowUp') return () => setAt((chosen - 1 + options.length) % options.length)
    if (event.key === 'Enter') return () => pick(options[chosen], event.shiftKey)
    return undefined
  }
  const latestPick = useRef(pick)
  useEffect(() => {
    latestPick.current = pick
  })
  const [first] = options
  useEffect(() => {
    if (awaited && isSettled && awaited.text === text && first !== undefined) latestPick.current(first, awaited.withShift)
  }, [awaited, isSettled, text, first])
  const chosenOption = options[chosen]
  const chosenId = isShown && chosenOption !== undefined ? `${listId}-${optionKey(chosenOption)}` : undefined
  useEffect(() => {
    if (chosenId) document.getElementById(chosenId)?.scrollIntoView({ block: 'nearest' })
  }, [chosenId])

  return (
    <Popover opened={isShown} position="bottom-start" width="target" offset={4} closeOnEscape={false} closeOnClickOutside={false} transitionProps={{ duration: 0 }} middlewares={{ flip: true, shift: true, size: true }}>
      <Popover.Target>
        <TextInput
          id={id}
          label={hideLabel ? undefined : label}
          aria-label={hideLabel ? label : undefined}
          placeholder={placeholder}
          error={error}
          description={description}
          role="combobox"
          aria-expanded={isShown}
          aria-controls={isShown ? listId : undefined}
          aria-autocomplete="list"
          aria-activedescendant={chosenId}
          autoComplete="off"
          spellCheck={false}
          autoFocus={autoFocus}
          data-autofocus={autoFocus || undefined}
          leftSection={<IconSearch size={16} stroke={1.8} aria-hidden />}
          value={text}
          onChange={(event) => change(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
        />
      </Popover.Target>
      <Popover.Dropdown p={4}>
        <div id={listId} role="listbox" aria-label={label} className={styles['list']}>
          {options.map((option, index) => (
            <div
              key={optionKey(option)}
              id={`${listId}-${optionKey(option)}`}
              role="option"
              aria-selected={index === chosen}
              className={styles['option']}
              // The field must not lose the focus to the click that chooses.
              onPointerDown={(event) => event.preventDefault()}
              onMouseDown={(event) => event.preventDefault()}
              onClick={(event) => pick(option, event.shiftKey)}
            >
              <span className={styles['what']}>{renderOption(option, text)}</span>
              {index === chosen ? <KeyHint keys="Enter" /> : index < 9 && <KeyHint keys={`Ctrl+${index + 1}`} />}
            </div>
          ))}
        </div>
        {showsNothing && <div className={styles['nothing']}>{nothing(text.trim())}</div>}
        {shiftLabel && options.length > 0 && (
          <div className={styles['foot']}>
            <KeyHint keys="Shift+Enter" /> {shiftLabel}
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
