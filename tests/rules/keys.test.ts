import { describe, expect, test } from 'vitest'
import { ariaKeys, type KeyStroke, matchesChord, parseKeys, showKeys } from '#renderer/app/keys/match.ts'
import { type FocusFacts, type KeyDef, KeyRegistry, KeyScope } from '#renderer/app/keys/registry.ts'

// The goal: what section 5 of the visual language promises about keys, without a browser.
const body: FocusFacts = { tag: 'BODY', isEditable: false }
const textField: FocusFacts = { tag: 'INPUT', type: 'text', isEditable: false }

function stroke(key: string, more: Partial<KeyStroke> = {}): KeyStroke {
  const letter = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : key
  return { key, code: letter, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...more }
}

function matches(keys: string, pressed: KeyStroke, platform: 'mac' | 'other' = 'other'): boolean {
  const [chord] = parseKeys(keys)
  return chord !== undefined && matchesChord(pressed, chord, platform)
}

function registryWith(...defs: (Partial<KeyDef> & { keys: string })[]): KeyRegistry {
  const registry = new KeyRegistry()
  registry.add(defs.map((def) => ({ id: def.keys, label: def.keys, where: 'Here', run: () => undefined, ...def })), KeyScope.screen)
  return registry
}

const pressed = (registry: KeyRegistry, key: KeyStroke, focus = body, at = 0) => registry.resolve(key, focus, at)?.id

describe('a written key', () => {
  test.each([
    ['Ctrl+K', stroke('k', { ctrlKey: true }), true],
    ['Ctrl+K', stroke('k'), false],
    ['Ctrl+K', stroke('K', { ctrlKey: true, shiftKey: true }), false],
    ['Ctrl+Shift+N', stroke('N', { ctrlKey: true, shiftKey: true }), true],
    ['B', stroke('b'), true],
    ['B', stroke('B', { shiftKey: true }), false],
    ['Shift+N', stroke('N', { shiftKey: true }), true],
    ['Shift+P', stroke('P', { shiftKey: true, code: 'KeyP' }), true],
    ['?', stroke('?', { shiftKey: true, code: 'Slash' }), true],
    ['/', stroke('/', { code: 'Slash' }), true],
    ['Esc', stroke('Escape'), true],
    ['Del', stroke('Delete'), true],
    ['Space', stroke(' '), true],
    ['←', stroke('ArrowLeft'), true],
    ['F6', stroke('F6'), true],
    ['Ctrl+Enter', stroke('Enter', { ctrlKey: true }), true],
    ['Ctrl+Shift+Enter', stroke('Enter', { ctrlKey: true }), false],
    // Alt types another character on many layouts; the key's place still says which one it is.
    ['Alt+1', stroke('¡', { altKey: true, code: 'Digit1' }), true],
    ['Alt+O', stroke('ø', { altKey: true, code: 'KeyO' }), true],
    ['Ctrl+1', stroke('1', { ctrlKey: true }), true],
    ['1', stroke('1', { code: 'Numpad1' }), true],
  ])('%s', (keys, event, expected) => {
    expect(matches(keys, event)).toBe(expected)
  })

  test('on a Mac Ctrl is Cmd and Alt is Ctrl Option', () => {
    expect(matches('Ctrl+K', stroke('k', { metaKey: true }), 'mac')).toBe(true)
    expect(matches('Ctrl+K', stroke('k', { ctrlKey: true }), 'mac')).toBe(false)
    expect(matches('Alt+1', stroke('1', { ctrlKey: true, altKey: true }), 'mac')).toBe(true)
  })

  test('is shown and told to screen readers in their own spelling', () => {
    expect(showKeys('Ctrl+Shift+N')).toBe('Ctrl Shift N')
    expect(showKeys('G D')).toBe('G D')
    expect(showKeys('Ctrl+K', 'mac')).toBe('⌘ K')
    expect(ariaKeys('Ctrl+Enter')).toBe('Control+Enter')
    expect(ariaKeys('Del')).toBe('Delete')
    expect(ariaKeys('G D')).toBeUndefined()
  })
})

describe('the registry', () => {
  test('leaves bare keys to text fields, but not Ctrl, Alt, Esc and F6', () => {
    const registry = registryWith({ keys: 'B' }, { keys: 'Shift+N' }, { keys: 'Del' }, { keys: 'Ctrl+K' }, { keys: 'Alt+1' }, { keys: 'Esc' }, { keys: 'F6' })
    expect(pressed(registry, stroke('b'), textField)).toBeUndefined()
    expect(pressed(registry, stroke('N', { shiftKey: true }), textField)).toBeUndefined()
    expect(pressed(registry, stroke('Delete'), textField)).toBeUndefined()
    expect(pressed(registry, stroke('k', { ctrlKey: true }), textField)).toBe('Ctrl+K')
    expect(pressed(registry, stroke('1', { altKey: true }), textField)).toBe('Alt+1')
    expect(pressed(registry, stroke('Escape'), textField)).toBe('Esc')
    expect(pressed(registry, stroke('F6'), textField)).toBe('F6')
    expect(pressed(registry, stroke('b'))).toBe('B')
  })

  test('leaves Ctrl Z to the text being typed when the key says so', () => {
    const registry = registryWith({ keys: 'Ctrl+Z', inFields: false })
    expect(pressed(registry, stroke('z', { ctrlKey: true }), textField)).toBeUndefined()
    expect(pressed(registry, stroke('z', { ctrlKey: true }))).toBe('Ctrl+Z')
  })

  test('lets the focused control have Enter, Space and its arrows', () => {
    const registry = registryWith({ keys: 'Enter' }, { keys: 'Space' }, { keys: '→' })
    expect(pressed(registry, stroke('Enter'), { tag: 'BUTTON', isEditable: false })).toBeUndefined()
    expect(pressed(registry, stroke(' '), { tag: 'A', isEditable: false })).toBeUndefined()
    expect(pressed(registry, stroke('ArrowRight'), { tag: 'INPUT', type: 'radio', isEditable: false })).toBeUndefined()
    expect(pressed(registry, stroke('ArrowRight'), { tag: 'BUTTON', isEditable: false })).toBe('→')
  })

  test('gives a key to the innermost scope, and to the next one when that does not want it', () => {
    const registry = registryWith({ id: 'day', keys: '1' })
    let wanted = true
    const leave = registry.add([{ id: 'slot', keys: '1', label: '', where: '', run: () => undefined, when: () => wanted }], KeyScope.panel)
    expect(pressed(registry, stroke('1'))).toBe('slot')
    wanted = false
    expect(pressed(registry, stroke('1'))).toBe('day')
    leave()
    expect(registry.all().map((entry) => entry.id)).toEqual(['day'])
  })

  test('while a modal is open only its own keys work, and locking', () => {
    const registry = registryWith({ keys: 'B' }, { keys: 'Ctrl+L', always: true })
    registry.add([{ id: 'yes', keys: 'Y', label: '', where: '', run: () => undefined }], KeyScope.modal)
    const close = registry.openModal()
    expect(pressed(registry, stroke('b'))).toBeUndefined()
    expect(pressed(registry, stroke('y'))).toBe('yes')
    expect(pressed(registry, stroke('l', { ctrlKey: true }))).toBe('Ctrl+L')
    close()
    expect(pressed(registry, stroke('b'))).toBe('B')
  })

  test('G then a letter goes to a place, within 1.2 s', () => {
    const registry = registryWith({ keys: 'G D' }, { keys: 'D' })
    expect(pressed(registry, stroke('g'), body, 0)).toBeUndefined()
    expect(pressed(registry, stroke('d'), body, 1000)).toBe('G D')
    expect(pressed(registry, stroke('g'), body, 2000)).toBeUndefined()
    expect(pressed(registry, stroke('d'), body, 4000)).toBe('D')
  })

  test('single letters can be switched off (WCAG 2.1.4), keys with Ctrl stay', () => {
    const registry = registryWith({ keys: 'B' }, { keys: 'Ctrl+K' }, { keys: 'Del' })
    registry.setSingleLetters(false)
    expect(pressed(registry, stroke('b'))).toBeUndefined()
    expect(pressed(registry, stroke('k', { ctrlKey: true }))).toBe('Ctrl+K')
    expect(pressed(registry, stroke('Delete'))).toBe('Del')
    registry.setSingleLetters(true)
    expect(pressed(registry, stroke('b'))).toBe('B')
  })
})
