import { seats } from '#renderer/rpc/api.ts'
import { keepPlace } from './seat-places.ts'

/**
 * The part of the document in which one person's work is drawn. While somebody else sits here, or nobody, it is taken
 * out of the document altogether (R04): nothing of it can be seen, reached, searched or read out, and all of it stays in
 * memory as it was, with the words half typed, the cursor and how far each list was scrolled.
 */
export interface SeatStage {
  /** React draws the work in here. */
  readonly root: HTMLElement
  /** Dialogs and lists that hang over the work hang in here, and leave with it. */
  readonly overlays: HTMLElement
  show(): void
  hide(): void
  /** Puts focus, cursor and scroll bars back. */
  restore(): void
  /** Hides by itself when the person leaves the seat, before React draws again: from then on nothing of it is in the document. */
  follow(): () => void
}

interface Place {
  field: HTMLElement | null
  selection: [from: number, to: number] | undefined
  scrolled: [element: Element, top: number, left: number][]
}

export function createSeatStage(seat: string): SeatStage {
  const stage = document.createElement('div')
  stage.className = 'seat'
  const [root, overlays] = [document.createElement('div'), document.createElement('div')]
  root.className = 'seat-work'
  stage.append(root, overlays)
  let place: Place | undefined

  const hide = (): void => {
    if (!stage.isConnected) return
    place = placeIn(stage)
    keepPlace(seat, { place: document.title.split(' · ')[0] ?? '' })
    stage.remove()
  }
  return {
    root, overlays, hide,
    show: () => {
      if (!stage.isConnected) document.body.append(stage)
    },
    restore: () => {
      const kept = place
      place = undefined
      if (!kept) return
      for (const [element, top, left] of kept.scrolled) element.scrollTo({ top, left, behavior: 'instant' })
      if (kept.field) holdFocus(kept.field, kept.selection)
    },
    follow: () => seats.onLeave((left) => left === seat && hide()),
  }
}

const FRAMES = 15

/**
 * Panels open a few frames after their screen and take the focus to their first field, as they do when somebody opens
 * them. Until they have come to rest, or the person does something, the field that had the focus has it.
 */
function holdFocus(field: HTMLElement, selection: Place['selection']): void {
  let frames = 0
  const give = (): void => {
    if (!field.isConnected || (frames > 0 && document.activeElement === field)) return
    // Also where the screen has given it the focus already: it may have put its cursor elsewhere.
    field.focus({ preventScroll: true })
    if (selection && isTextField(field)) field.setSelectionRange(...selection)
  }
  const stop = (): void => {
    frames = FRAMES
    window.removeEventListener('keydown', onKey, { capture: true })
    window.removeEventListener('pointerdown', stop, { capture: true })
  }
  // The first key is meant for that field, however early it comes.
  const onKey = (): void => {
    give()
    stop()
  }
  const step = (): void => {
    if (frames >= FRAMES) return
    give()
    frames += 1
    if (frames < FRAMES) requestAnimationFrame(step)
    else stop()
  }
  window.addEventListener('keydown', onKey, { capture: true })
  window.addEventListener('pointerdown', stop, { capture: true })
  step()
}

function placeIn(stage: HTMLElement): Place {
  const active = document.activeElement
  const field = active instanceof HTMLElement && stage.contains(active) ? active : null
  const scrolled = [...stage.querySelectorAll('*')].flatMap((element): Place['scrolled'] => (element.scrollTop > 0 || element.scrollLeft > 0 ? [[element, element.scrollTop, element.scrollLeft]] : []))
  return { field, selection: isTextField(field) && field.selectionStart !== null ? [field.selectionStart, field.selectionEnd ?? field.selectionStart] : undefined, scrolled }
}

const isTextField = (element: Element | null): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && ['text', 'search', 'tel', 'url', 'password'].includes(element.type))
