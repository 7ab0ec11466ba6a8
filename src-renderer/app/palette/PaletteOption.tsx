import { Person } from '#renderer/ui/Person.tsx'
import { KeyHint } from '../keys/keys.tsx'
import { highlight } from './highlight.ts'
import type { PaletteItem } from './items.ts'
import styles from './Palette.module.css'

interface OptionProps {
  id: string
  item: PaletteItem
  /** Position in its group: the first hit is Enter, the others Ctrl 2 and on. */
  place: number
  query: string
  isCurrent: boolean
  isInActions: boolean
  onRun: () => void
}

export function PaletteOption({ id, item, place, query, isCurrent, isInActions, onRun }: OptionProps) {
  return (
    <div id={id} role="option" aria-selected={isCurrent} className={styles['option']} data-kind={item.kind} onClick={onRun} onPointerDown={(event) => event.preventDefault()}>
      {item.kind === 'hit' ? <HitContent item={item} query={query} /> : <ActContent item={item} />}
      <OptionHint item={item} place={place} isCurrent={isCurrent} isInActions={isInActions} />
    </div>
  )
}

function HitContent({ item, query }: { item: PaletteItem & { kind: 'hit' }; query: string }) {
  const { hit } = item
  return (
    <>
      {hit.kind === 'patient' && <Person name={personName(hit.title)} size={30} />}
      <span className={styles['what']}>
        <span className={styles['title']}>
          <Marked text={hit.title} query={query} /> {hit.titleNote && <small>{hit.titleNote}</small>}
        </span>
        {hit.meta && (
          <span className={styles['meta']}>
            <Marked text={hit.meta} query={query} />
          </span>
        )}
      </span>
      {hit.aside && <span className={styles['optionAside']}>{hit.aside}</span>}
    </>
  )
}

function ActContent({ item }: { item: PaletteItem & { kind: 'action' | 'command' } }) {
  const Icon = item.icon
  return (
    <>
      <span className={styles['icon']}>
        <Icon size={18} stroke={1.7} />
      </span>
      <span className={styles['what']}>{item.label}</span>
    </>
  )
}

function OptionHint({ item, place, isCurrent, isInActions }: Pick<OptionProps, 'item' | 'place' | 'isCurrent' | 'isInActions'>) {
  if (item.kind === 'action') return <KeyHint keys={isInActions ? item.letter : `Tab ${item.letter}`} />
  if (item.kind === 'command') return item.keys ? <KeyHint keys={item.keys} /> : null
  if (isCurrent) return <KeyHint keys="Enter" />
  return place < 9 ? <KeyHint keys={`Ctrl+${place + 1}`} /> : null
}

/** "Lopez, Maria Elena" → "Maria Elena Lopez", for the initials. */
function personName(title: string): string {
  return title.split(', ').reverse().join(' ')
}

function Marked({ text, query }: { text: string; query: string }) {
  return highlight(text, query).map((piece, index) => (piece.matched ? <mark key={index}>{piece.text}</mark> : piece.text))
}
