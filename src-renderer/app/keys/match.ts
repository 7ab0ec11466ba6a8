/**
 * Pure key matching: what a written shortcut ('Ctrl+Shift+N', 'G D', '?', 'Alt+1') means for a key event.
 * On macOS Ctrl is Cmd and Alt is Ctrl Option, because Option types characters there.
 */
export interface KeyStroke {
  key: string
  code: string
  ctrlKey: boolean
  altKey: boolean
  shiftKey: boolean
  metaKey: boolean
}

export interface Chord {
  key: string
  ctrl: boolean
  alt: boolean
  shift: boolean
}

export type Platform = 'mac' | 'other'

const named: Record<string, string> = {
  esc: 'escape',
  del: 'delete',
  space: ' ',
  '←': 'arrowleft',
  '→': 'arrowright',
  '↑': 'arrowup',
  '↓': 'arrowdown',
}

/** 'G D' is a sequence of two chords; 'Ctrl+K' is one. */
export function parseKeys(keys: string): Chord[] {
  return keys.trim().split(/\s+/).map(parseChord)
}

function parseChord(text: string): Chord {
  const parts = text === '+' ? ['+'] : text.split('+')
  const last = (parts.at(-1) ?? '').toLowerCase()
  const modifiers = new Set(parts.slice(0, -1).map((part) => part.toLowerCase()))
  return {
    key: named[last] ?? last,
    ctrl: modifiers.has('ctrl') || modifiers.has('mod'),
    alt: modifiers.has('alt'),
    shift: modifiers.has('shift'),
  }
}

/** True when the letter or sign itself needs Shift on some layouts ('?', '/', '>'), so Shift says nothing. */
function ignoresShift(key: string): boolean {
  return key.length === 1 && !/[\p{L}\p{N} ]/u.test(key)
}

export function matchesChord(stroke: KeyStroke, chord: Chord, platform: Platform = 'other'): boolean {
  const ctrl = platform === 'mac' ? stroke.metaKey : stroke.ctrlKey
  const alt = platform === 'mac' ? stroke.ctrlKey && stroke.altKey : stroke.altKey
  if (platform === 'other' && stroke.metaKey) return false
  if (chord.ctrl !== ctrl || chord.alt !== alt) return false
  if (!ignoresShift(chord.key) && chord.shift !== stroke.shiftKey) return false
  return strokeKey(stroke, chord) === chord.key
}

/** Shift and Alt change what a digit or letter key types, so those are read from the key's place instead. */
function strokeKey(stroke: KeyStroke, chord: Chord): string {
  const typed = stroke.key.toLowerCase()
  if (typed === chord.key) return typed
  const isModified = stroke.shiftKey || stroke.altKey || stroke.ctrlKey
  const place = /^(?:Digit|Numpad)(\d)$/.exec(stroke.code)?.[1] ?? /^Key([A-Z])$/.exec(stroke.code)?.[1]?.toLowerCase()
  return isModified && place !== undefined ? place : typed
}

/** A chord without Ctrl or Alt would type something or move inside a field, so it must leave fields alone. */
export function isBareChord(chord: Chord): boolean {
  if (chord.ctrl || chord.alt) return false
  return chord.key !== 'escape' && !/^f\d{1,2}$/.test(chord.key)
}

/** Single printable characters: what WCAG 2.1.4 wants to be able to switch off. */
export function isCharacterChord(chord: Chord): boolean {
  return isBareChord(chord) && chord.key.length === 1 && chord.key !== ' '
}

const textInputTypes = new Set(['text', 'search', 'tel', 'email', 'url', 'password', 'number', 'date', 'time', 'month', 'week', 'datetime-local'])

interface TargetFacts {
  tag: string
  type?: string | undefined
  role?: string | undefined
  isEditable: boolean
}

export function isTextTarget(target: TargetFacts): boolean {
  if (target.isEditable || target.tag === 'TEXTAREA' || target.tag === 'SELECT') return true
  return target.tag === 'INPUT' && textInputTypes.has((target.type ?? 'text').toLowerCase())
}

const rolesThatUseArrows = new Set(['tab', 'menuitem', 'menuitemradio', 'menuitemcheckbox', 'option', 'gridcell', 'slider', 'spinbutton', 'listbox', 'radio'])

/** They can have the focus, and Enter is for the screen all the same. */
const rolesThatPressNothing = new Set(['row', 'dialog', 'region', 'status'])

/** Enter and Space press the focused control, and arrows move inside it, before any shortcut is asked. */
export function controlUses(target: TargetFacts, chord: Chord): boolean {
  if (chord.ctrl || chord.alt) return false
  const isPress = chord.key === 'enter' || chord.key === ' '
  if (isPress) {
    const pressable = target.tag === 'BUTTON' || target.tag === 'A' || target.tag === 'SUMMARY' || target.tag === 'INPUT'
    return pressable || (target.role !== undefined && !rolesThatPressNothing.has(target.role))
  }
  if (!chord.key.startsWith('arrow')) return false
  return (target.tag === 'INPUT' && (target.type === 'radio' || target.type === 'range')) || rolesThatUseArrows.has(target.role ?? '')
}

const shown: Record<string, string> = {
  escape: 'Esc', delete: 'Del', ' ': 'Space', enter: 'Enter', tab: 'Tab',
  arrowleft: '←', arrowright: '→', arrowup: '↑', arrowdown: '↓',
}

function shownKey(key: string): string {
  return shown[key] ?? (key.length === 1 || /^f\d+$/.test(key) ? key.toUpperCase() : key)
}

/** As it stands on a hint: 'Ctrl Shift N', 'G D'; on a Mac with its signs. */
export function showKeys(keys: string, platform: Platform = 'other'): string {
  const names = platform === 'mac' ? { ctrl: '⌘', alt: '⌃⌥', shift: '⇧' } : { ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift' }
  return parseKeys(keys)
    .map((chord) => [chord.ctrl && names.ctrl, chord.alt && names.alt, chord.shift && names.shift, shownKey(chord.key)].filter(Boolean).join(' '))
    .join(' ')
}

/** The value of aria-keyshortcuts; a sequence has no spelling there, so it is left out. */
export function ariaKeys(keys: string, platform: Platform = 'other'): string | undefined {
  const [chord, ...rest] = parseKeys(keys)
  if (!chord || rest.length > 0) return undefined
  const control = platform === 'mac' ? 'Meta' : 'Control'
  const aria: Record<string, string> = { escape: 'Escape', delete: 'Delete', ' ': 'Space', enter: 'Enter', arrowleft: 'ArrowLeft', arrowright: 'ArrowRight', arrowup: 'ArrowUp', arrowdown: 'ArrowDown' }
  const key = aria[chord.key] ?? (chord.key.length === 1 ? chord.key.toUpperCase() : chord.key.toUpperCase())
  return [chord.ctrl && control, chord.alt && 'Alt', chord.shift && 'Shift', key].filter(Boolean).join('+')
}
