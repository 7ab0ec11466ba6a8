import { pagePreferences } from '#main/shell/page-preferences.ts'
import { mayUseCamera } from '#main/shell/camera-rules.ts'
import { mismatches, pageTable } from '#main/shell/self-test-rules.ts'
import { refusedSwitches } from '#main/shell/switches.ts'
import { describe, expect, it, test } from 'vitest'

test('R32: the preferences of a page are the hardening table, and a packed one has no developer tools', () => {
  const table = {
    sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false, webSecurity: true,
    allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false, navigateOnDragDrop: false, spellcheck: false, plugins: false, safeDialogs: true,
  }
  expect(pagePreferences(true)).toEqual({ ...table, devTools: false })
  expect(pagePreferences(false)).toEqual({ ...table, devTools: true })
})

describe('R32: the self-test', () => {
  it.each(Object.keys(pageTable))('finds %s when it is other than the table, or cannot be read', (name) => {
    expect(mismatches('page', pageTable, pageTable)).toEqual([])
    for (const other of [undefined, pageTable[name] === true ? false : true, 'another']) {
      expect(mismatches('page', { ...pageTable, [name]: other }, pageTable)).toEqual([`page: ${name} is ${String(other)}, not ${String(pageTable[name])}`])
    }
  })
})

describe('R32: the camera', () => {
  const wish = { permission: 'media', mediaTypes: ['video'], isMainFrame: true, origin: 'app://cairn' }
  const state = { ownOrigin: 'app://cairn', isOpen: true }
  it('is given to our own page while its dialog is open', () => expect(mayUseCamera(wish, state)).toBe(true))

  it.each([
    ['with no dialog open', wish, { ...state, isOpen: false }],
    ['with the microphone', { ...wish, mediaTypes: ['video', 'audio'] }, state],
    ['as the microphone alone', { ...wish, mediaTypes: ['audio'] }, state],
    ['as something that says not what', { ...wish, mediaTypes: [] }, state],
    ['to a frame in the page', { ...wish, isMainFrame: false }, state],
    ['to another page', { ...wish, origin: 'https://example.org' }, state],
    ['to a page without an address', { ...wish, origin: '' }, state],
    ['as a screen', { ...wish, permission: 'display-capture' }, state],
    ['as another permission', { ...wish, permission: 'geolocation' }, state],
  ])('is not given %s', (_how, asked, now) => expect(mayUseCamera(asked, now)).toBe(false))
})

describe('R33: the switches of a packed build', () => {
  const argv = (...words: string[]): string[] => ['/opt/cairn', ...words]
  it.each([
    '--remote-debugging-port=1', '--remote-debugging-pipe', '-remote-debugging-port=1', '/remote-debugging-port=1', '--REMOTE-DEBUGGING-PORT', '--inspect', '--inspect=0', '--inspect-brk',
    '--inspect-port=1', '--inspect-publish-uid=http', '--debug', '--debug-brk', '--js-flags=--allow-natives-syntax', '--load-extension=/x', '--no-sandbox', '--disable-setuid-sandbox',
    '--disable-gpu-sandbox', '--no-zygote', '--single-process', '--disable-web-security', '--utility-cmd-prefix=gdb', '--gpu-launcher=x', '--browser-subprocess-path=/x',
    '--enable-blink-features=X', '--log-net-log=/x', '--ssl-key-log-file=/x', '--host-resolver-rules=MAP * 1.2.3.4', '--host-rules=MAP * 1.2.3.4',
  ])('refuses %s', (word) => {
    expect(refusedSwitches(argv(word), { withoutSandbox: false })).toHaveLength(1)
    expect(refusedSwitches(argv('--data=/x', 'cli', word), { withoutSandbox: false })).toHaveLength(1)
  })

  it('lets the others pass: where the records lie, the screen’s size, what the command line is asked', () => {
    const words = argv('--data=/srv/inspect', '--user-data-dir=/no-sandbox', '--force-device-scale-factor=2', '--ozone-platform=wayland', 'cli', 'call', 'x', '{"a":"--inspect"}', '--as', 'voss')
    expect(refusedSwitches(words, { withoutSandbox: false })).toEqual([])
  })

  it('lets the command line and the package of the tests do without the sandbox, and with nothing else', () => {
    expect(refusedSwitches(argv('--no-sandbox'), { withoutSandbox: true })).toEqual([])
    expect(refusedSwitches(argv('--no-sandbox', '--inspect'), { withoutSandbox: true })).toEqual(['inspect'])
  })
})
