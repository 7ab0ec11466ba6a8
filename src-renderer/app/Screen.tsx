import { type ReactNode, useEffect } from 'react'
import { createPortal } from 'react-dom'
import { useShellSlots } from './slots.ts'
import styles from './Screen.module.css'

interface ScreenProps {
  /** Noun in the header. */
  title: string
  /** Small text behind the title: "signed visits, 16 and 17 Nov", or a DraftChip. */
  meta?: ReactNode
  /** The screen's one filter or date, in the header. */
  filter?: ReactNode
  /** PatientBanner: stays on top, never scrolls, never covered. */
  banner?: ReactNode
  /** Strip under the banner: tabs, counts. */
  strip?: ReactNode
  /** Bar with the main action. */
  footer?: ReactNode
  /** Column at the right with its own scroll; 'docked' width 288 to 440. */
  aside?: ReactNode
  asideWidth?: number | string
  /** 'scroll' gives the body padding and a scroll bar; 'fill' leaves both to the content. */
  body?: 'scroll' | 'fill'
  children: ReactNode
}

/** Every screen in the shell is one of these: it fills the header's slots and lays out body, aside and footer. */
export function Screen({ title, meta, filter, banner, strip, footer, aside, asideWidth = 400, body = 'scroll', children }: ScreenProps) {
  const slots = useShellSlots()
  useEffect(() => {
    // The window's title never names a patient: it shows in the task bar and in screen sharing.
    document.title = `${title} · Cairn`
  }, [title])
  useEffect(() => {
    // Keys and screen readers start at the first thing to do, not at the rail link that led here.
    const main = document.querySelector<HTMLElement>('main')
    if (!main || (document.activeElement !== main && main.contains(document.activeElement)) || isTyping(document.activeElement)) return
    const first = main.querySelector<HTMLElement>('[data-autofocus]') ?? main
    first.focus({ preventScroll: true })
  }, [])
  return (
    <>
      {slots.title && createPortal(<TitleBlock title={title} meta={meta} />, slots.title)}
      {slots.filter && filter && createPortal(filter, slots.filter)}
      {banner}
      {strip && <div className={styles['strip']}>{strip}</div>}
      <div className={styles['columns']}>
        <div className={styles['column']}>
          <div className={body === 'scroll' ? styles['scroll'] : styles['fill']}>{children}</div>
          {footer && (
            <div className={styles['footer']} data-region="footer">
              {footer}
            </div>
          )}
        </div>
        {aside && (
          <div className={styles['aside']} style={{ width: asideWidth }} data-region="aside">
            {aside}
          </div>
        )}
      </div>
    </>
  )
}

function isTyping(element: Element | null): boolean {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
}

function TitleBlock({ title, meta }: { title: string; meta?: ReactNode }) {
  return (
    <>
      <h1 tabIndex={-1}>{title}</h1>
      {meta && <div className={styles['meta']}>{meta}</div>}
    </>
  )
}

/** A column with a fixed head and foot: the inside of `aside`, or the list half of a list-and-detail screen. */
export function Column({ head, foot, children, tone = 'surface' }: { head?: ReactNode; foot?: ReactNode; children: ReactNode; tone?: 'surface' | 'canvas' }) {
  return (
    <section className={styles['inner']} data-tone={tone}>
      {head && <div className={styles['head']}>{head}</div>}
      <div className={styles['innerBody']}>{children}</div>
      {foot && <div className={styles['footer']}>{foot}</div>}
    </section>
  )
}
