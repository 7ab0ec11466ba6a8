import { type KeyboardEvent, useId, useState } from 'react'
import type { Concept } from '#shared/domains/encounters/model.ts'
import { KeyHint, useKeys } from '#renderer/app/keys/keys.tsx'
import { useApiQuery } from '#renderer/rpc/api.ts'
import { IconSearch } from '#renderer/ui/icons.ts'
import { Tag } from '#renderer/ui/StateTag.tsx'
import styles from './CodeSearch.module.css'

interface CodeSearchProps {
  label: string
  id?: string
  /** `also` is Shift Enter. */
  onPick: (concept: Concept, also: boolean) => void
  /** What Shift Enter does besides, said under the list. */
  alsoText?: string
  /** Codes that the patient has already. */
  listedCodes?: ReadonlySet<string>
  listedText?: string
  /** Offers the typed words as they are when no code fits. */
  allowWords?: boolean
  autoFocus?: boolean
}

const SHOWN = 8

/** ICD-10-CM by words or code: arrows and Enter, or Ctrl and the number beside the line. */
export function CodeSearch({ label, id, onPick, alsoText, listedCodes, listedText, allowWords = false, autoFocus = false }: CodeSearchProps) {
  const listId = useId()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const wanted = text.trim()
  const found = useApiQuery('codes.search', { system: 'icd10cm', text: wanted, limit: SHOWN }, { enabled: wanted.length >= 2, keepPrevious: true })
  const codes: Concept[] = wanted.length < 2 ? [] : (found.data ?? []).map(({ code, label: words }) => ({ system: 'icd10cm', code, label: words }))
  const options = [...codes, ...(allowWords && wanted.length >= 2 ? [{ system: null, code: null, label: wanted } satisfies Concept] : [])]
  const isOpen = options.length > 0
  const pick = (option: Concept | undefined, also: boolean) => {
    if (!option) return
    onPick(option, also)
    setText('')
    setActive(0)
  }
  useKeys(options.map((option, i) => ({ id: `${listId}.${i}`, keys: `Ctrl+${i + 1}`, label: `Take line ${i + 1}`, where: label, inFields: true, hidden: i > 0, run: () => pick(option, false) })))
  const onKeyDown = (event: KeyboardEvent) => {
    const act = {
      ArrowDown: () => setActive(Math.min(options.length - 1, active + 1)),
      ArrowUp: () => setActive(Math.max(0, active - 1)),
      Enter: () => pick(options[active], event.shiftKey),
      Escape: () => setText(''),
    }[event.key]
    if (!act || event.ctrlKey || event.altKey || event.metaKey || (event.key !== 'Escape' && !isOpen) || (event.key === 'Escape' && text === '')) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  return (
    <div className={styles['search']}>
      <div className={styles['box']}>
        <IconSearch size={16} stroke={1.7} aria-hidden />
        <input
          id={id} role="combobox" aria-label={label} aria-expanded={isOpen} aria-controls={listId} aria-autocomplete="list" aria-activedescendant={isOpen ? `${listId}-${active}` : undefined}
          autoComplete="off" spellCheck={false} placeholder="" value={text} onKeyDown={onKeyDown} {...(autoFocus ? { 'data-autofocus': true } : {})}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setActive(0)
          }}
        />
        {text === '' ? <span className={styles['hint']} aria-hidden>words or code</span> : <KeyHint keys="Esc" />}
      </div>
      <div className={styles['list']} hidden={!isOpen}>
        <ul role="listbox" id={listId} aria-label={label}>
          {options.map((option, i) => (
            <li key={option.code ?? option.label} id={`${listId}-${i}`} role="option" aria-selected={i === active} className={styles['option']} onMouseDown={(event) => event.preventDefault()} onClick={(event) => pick(option, event.shiftKey)}>
              <span className={`${styles['code']} code`}>{option.code ?? ''}</span>
              <span className={styles['label']}>{option.code === null ? <>Use the words “{option.label}”, without a code</> : option.label}</span>
              {option.code !== null && listedCodes?.has(option.code) && <Tag tone="info">{listedText}</Tag>}
              <KeyHint keys={i === active ? 'Enter' : `Ctrl+${i + 1}`} />
            </li>
          ))}
        </ul>
        {alsoText && <div className={styles['foot']} aria-hidden><KeyHint keys="Shift+Enter" /> {alsoText}</div>}
      </div>
      {wanted.length >= 2 && !isOpen && found.isSuccess && !found.isPlaceholderData && <p className={styles['none']} role="status">No code matches “{wanted}”. Fewer or other words may find it.</p>}
    </div>
  )
}
