import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import type { Clinic } from '#shared/domains/clinic/model.ts'
import { phone } from '#renderer/ui/format.ts'
import { Mark } from '#renderer/ui/Mark.tsx'
import { paginate } from './paginate.ts'
import styles from './print.module.css'

/** One piece of a document that stays whole on paper. */
export interface Block {
  key: string
  node: ReactNode
  keepWithNext?: boolean
  /** Head of the table this row belongs to; repeated when a sheet begins with the row. */
  repeat?: ReactNode
}

export interface PrintDocument {
  clinic: Clinic
  /** "Invoice and receipt". */
  title: string
  /** "Invoice A-2417 · 17 Nov 2026". */
  subtitle?: ReactNode
  /** Left of the foot: patient and MRN, or "Contains patient data: shred after use". */
  foot: string
  /** "Printed 17 Nov 2026 10:31 am by Priya Nair". */
  printed: string
  /** A copy of a signed or numbered page says so. */
  isCopy?: boolean
  blocks: readonly Block[]
}

/**
 * A document on sheets of paper, on the screen exactly as it will be printed: the blocks are measured and put
 * on sheets here, because the browser alone cannot say "page 2 of 3" on every sheet and keep totals together.
 */
export function Sheets({ document }: { document: PrintDocument }) {
  const measure = useRef<HTMLDivElement>(null)
  const [sheets, setSheets] = useState<readonly (readonly number[])[]>()
  const paper = document.clinic.paper
  useLayoutEffect(() => {
    // Fonts change heights; the sheets are set once the bundled one is there.
    let isCurrent = true
    const layOut = () => isCurrent && measure.current && setSheets(layOutSheets(measure.current, document.blocks))
    layOut()
    void window.document.fonts?.ready.then(layOut)
    return () => {
      isCurrent = false
    }
  }, [document, paper])
  return (
    <>
      <div ref={measure} className={styles['measure']} data-paper={paper} aria-hidden>
        <Sheet document={document} page={1} pages={1}>
          {document.blocks.map((block) => (
            <div key={block.key} className={styles['block']} data-block>
              {block.node}
              {block.repeat && <div data-repeat>{block.repeat}</div>}
            </div>
          ))}
        </Sheet>
      </div>
      {sheets?.map((indexes, page) => (
        <Sheet key={page} document={document} page={page + 1} pages={sheets.length}>
          {page > 0 && document.blocks[indexes[0] ?? 0]?.repeat}
          {indexes.map((index) => (
            <div key={document.blocks[index]?.key} className={styles['block']}>{document.blocks[index]?.node}</div>
          ))}
        </Sheet>
      ))}
    </>
  )
}

function layOutSheets(root: HTMLElement, blocks: readonly Block[]): number[][] {
  const room = root.querySelector('[data-room]')?.getBoundingClientRect().height ?? 0
  const elements = [...root.querySelectorAll('[data-block]')]
  const sizes = blocks.map((block, index) => {
    const element = elements[index]
    const repeatHeight = element?.querySelector('[data-repeat]')?.getBoundingClientRect().height ?? 0
    const height = (element?.getBoundingClientRect().height ?? 0) - repeatHeight
    return { height, repeatHeight, keepWithNext: block.keepWithNext ?? false }
  })
  // Nothing can be measured without a layout (tests): one sheet then.
  return room === 0 ? [blocks.map((_, index) => index)] : paginate(sizes, room, room)
}

interface SheetProps {
  document: PrintDocument
  page: number
  pages: number
  children: ReactNode
}

function Sheet({ document, page, pages, children }: SheetProps) {
  const { clinic } = document
  const address = [clinic.addressLine1, clinic.addressLine2, [clinic.city, [clinic.state, clinic.postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ')]
  return (
    <article className={styles['sheet']} data-paper={clinic.paper}>
      <header className={styles['head']}>
        <Mark size={26} tone="paper" />
        <div className={styles['clinic']}>
          <strong>{clinic.name}</strong>
          <span>{address.filter(Boolean).join(', ')}</span>
          {clinic.phone && <span>{phone(clinic.phone)}</span>}
        </div>
        <div className={styles['title']}>
          <h1>
            {document.title}
            {document.isCopy && <em className={styles['copy']}>Copy</em>}
          </h1>
          {document.subtitle && <span>{document.subtitle}</span>}
        </div>
      </header>
      <div className={styles['room']} data-room>
        {children}
      </div>
      <footer className={styles['foot']}>
        <span>{document.foot}</span>
        <span>{document.printed}</span>
        <span>
          Page {page} of {pages}
        </span>
      </footer>
    </article>
  )
}
