import { type Chord, controlUses, isBareChord, isCharacterChord, isTextTarget, type KeyStroke, matchesChord, parseKeys, type Platform } from './match.ts'
import { keepPreference } from '../preferences.ts'

/** Inner scopes win over outer ones; while a modal is open only its own keys work. */
export const KeyScope = { app: 0, screen: 1, panel: 2, modal: 3 } as const
export type KeyScope = (typeof KeyScope)[keyof typeof KeyScope]

export interface KeyDef {
  /** Stable name, '<place>.<action>': hints, the palette and the keys page refer to it. */
  id: string
  /** 'B', 'Ctrl+Shift+N', 'G D', '?'. */
  keys: string
  label: string
  /** Heading on the keys page: 'Everywhere', 'Day', 'Note'. */
  where: string
  run: (event: KeyboardEvent) => void
  /** False: the key passes on to the next one that wants it. */
  when?: (() => boolean) | undefined
  /** Overrides the rule that bare keys leave fields alone (true), or keeps Ctrl keys out of fields (false). */
  inFields?: boolean | undefined
  /** Works above an open modal as well: locking. */
  always?: boolean | undefined
  /** Not on the keys page. */
  hidden?: boolean | undefined
}

export interface RegisteredKey extends KeyDef {
  scope: KeyScope
  chords: Chord[]
  order: number
}

/** What the registry must know of the focused element; kept apart from the DOM so that it can be tested. */
export interface FocusFacts {
  tag: string
  type?: string | undefined
  role?: string | undefined
  isEditable: boolean
}

const sequencePauseMs = 1200
const lettersOffKey = 'cairn.keys.letters-off'

export class KeyRegistry {
  readonly #platform: Platform
  readonly #entries = new Map<symbol, RegisteredKey[]>()
  readonly #listeners = new Set<() => void>()
  #order = 0
  #modals = 0
  #pending: { stroke: Chord; until: number } | undefined
  #snapshot: readonly RegisteredKey[] = []
  #lettersOff = false

  constructor(platform: Platform = 'other') {
    this.#platform = platform
  }

  get platform(): Platform {
    return this.#platform
  }

  get singleLettersOn(): boolean {
    return !this.#lettersOff
  }

  setSingleLetters(on: boolean): void {
    this.#lettersOff = !on
    keepPreference(lettersOffKey, on ? '' : '1')
    this.#changed()
  }

  restorePreferences(): void {
    this.#lettersOff = globalThis.localStorage?.getItem(lettersOffKey) === '1'
  }

  add(defs: readonly KeyDef[], scope: KeyScope): () => void {
    const token = Symbol('keys')
    this.#entries.set(token, defs.map((def) => ({ ...def, scope, chords: parseKeys(def.keys), order: (this.#order += 1) })))
    this.#changed()
    return () => {
      this.#entries.delete(token)
      this.#changed()
    }
  }

  openModal(): () => void {
    this.#modals += 1
    return () => {
      this.#modals -= 1
    }
  }

  all(): readonly RegisteredKey[] {
    return this.#snapshot
  }

  find(id: string): RegisteredKey | undefined {
    return this.#snapshot.find((entry) => entry.id === id)
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The key that this stroke means here and now, or undefined. Remembers the first half of a sequence. */
  resolve(stroke: KeyStroke, focus: FocusFacts, nowMs: number): RegisteredKey | undefined {
    const pending = this.#pending && this.#pending.until > nowMs ? this.#pending.stroke : undefined
    this.#pending = undefined
    if (pending) {
      const second = this.#snapshot.find((entry) => this.#isSequence(entry, pending, stroke) && this.#isAllowed(entry, focus))
      if (second) return second
    }
    const single = this.#snapshot.find(
      (entry) => entry.chords.length === 1 && this.#matches(stroke, entry.chords[0]) && this.#isAllowed(entry, focus),
    )
    if (single) return single
    const first = this.#snapshot.find(
      (entry) => entry.chords.length === 2 && this.#matches(stroke, entry.chords[0]) && this.#isAllowed(entry, focus),
    )
    if (first?.chords[0]) this.#pending = { stroke: first.chords[0], until: nowMs + sequencePauseMs }
    return undefined
  }

  #isSequence(entry: RegisteredKey, pending: Chord, stroke: KeyStroke): boolean {
    const [first, second] = entry.chords
    return first !== undefined && second !== undefined && first.key === pending.key && this.#matches(stroke, second)
  }

  #matches(stroke: KeyStroke, chord: Chord | undefined): boolean {
    return chord !== undefined && matchesChord(stroke, chord, this.#platform)
  }

  #isAllowed(entry: RegisteredKey, focus: FocusFacts): boolean {
    const [chord] = entry.chords
    if (!chord) return false
    if (this.#modals > 0 && entry.scope !== KeyScope.modal && !entry.always) return false
    if (this.#lettersOff && isCharacterChord(chord)) return false
    const worksInFields = entry.inFields ?? !isBareChord(chord)
    if (!worksInFields && isTextTarget(focus)) return false
    if (entry.inFields !== true && controlUses(focus, chord)) return false
    return entry.when?.() ?? true
  }

  #changed(): void {
    this.#snapshot = [...this.#entries.values()].flat().sort((a, b) => b.scope - a.scope || b.order - a.order)
    for (const listener of this.#listeners) listener()
  }
}
