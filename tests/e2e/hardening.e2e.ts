import { inRoot } from '#tools/lib/paths.ts'
import { run } from '#tools/lib/process.ts'
import { sandboxArguments } from '#tools/lib/sandbox.ts'
import type { ElectronApplication, Page } from '@playwright/test'
import fs from 'node:fs'
import path from 'node:path'
import { chartLine } from '#tests/support/charts.ts'
import { expect, test } from './launch.ts'
import { signIn } from './support/acts.ts'
import { people } from './support/clinic.ts'
import { connectionsOf, listen } from './support/listener.ts'
import { waysOut } from './support/ways-out.ts'

/** Written out once more: who loosens it changes two files and is asked why. */
const POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob:", "font-src 'self'", "connect-src 'none'", "worker-src 'none'", "object-src 'none'", "base-uri 'none'",
  "form-action 'none'", "frame-src 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
].join('; ')

const ready = (page: Page): Promise<void> => expect(page.getByRole('button', { name: 'Set up your clinic' })).toBeVisible()
const windowsOf = (app: ElectronApplication): Promise<number> => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

test('R32: the page stays where it is and reaches nobody, whichever way it tries', async ({ launch }) => {
  const { app, page, refused } = await launch()
  await ready(page)
  const listener = await listen()
  const downloads = await app.evaluateHandle(({ session }) => {
    const stopped: boolean[] = []
    session.fromPartition('cairn').on('will-download', (event) => stopped.push(event.defaultPrevented)) // Asked after the shell's own answer.
    return stopped
  })
  const address = page.url()
  await page.evaluate(() => Object.assign(globalThis, { still: 'the same page' }))
  expect(Object.keys(waysOut).length).toBeGreaterThan(60)
  for (const [way, text] of Object.entries(waysOut)) {
    await test.step(way, async () => {
      const act = `(async (OUT, UDP) => { ${text} })(${JSON.stringify(listener.web)}, ${JSON.stringify(listener.udp)}).then(() => 'done', () => 'threw')`
      await page.evaluate(act)
      expect(await page.evaluate(() => [(globalThis as { still?: string }).still, 'left' in globalThis]), way).toEqual(['the same page', false]) // Set above.
      expect(listener.heard(), way).toBe(0)
    })
  }
  expect([await windowsOf(app), page.frames().filter((frame) => /^https?:/.test(frame.url())).length]).toEqual([1, 0])
  await page.evaluate((to) => (location.href = to), address)
  await clicksAndDrops(page, listener.web)
  expect([page.url().split('#')[0], await windowsOf(app), listener.heard()]).toEqual([address.split('#')[0], 1, 0])
  expect(await page.evaluate(() => (globalThis as { still?: string }).still)).toBe('the same page') // Set above.

  expect(new Set(await downloads.jsonValue())).toEqual(new Set([true]))
  await fetch(listener.web) // The listener does hear.
  expect(listener.heard()).toBe(1)
  listener.close()
  expect(refused.splice(0).length).toBeGreaterThan(20)
})

/** Real mouse buttons on a link over the whole page, then a file and a link let fall on it. */
async function clicksAndDrops(page: Page, out: string): Promise<void> {
  await page.evaluate((href) => {
    const link = Object.assign(document.createElement('a'), { href, id: 'way-out' })
    link.style.cssText = 'position: fixed; inset: 0; z-index: 99999'
    document.body.append(link)
  }, out)
  for (const [button, key] of [['left', ''], ['middle', ''], ['left', 'Control'], ['left', 'Shift'], ['left', 'Alt']] as const) {
    if (key) await page.keyboard.down(key)
    await page.mouse.click(300, 300, { button })
    if (key) await page.keyboard.up(key)
  }
  await page.evaluate(() => document.getElementById('way-out')?.remove())
  await drop(page, { files: [inRoot('package.json')] })
  await drop(page, { items: [{ mimeType: 'text/uri-list', data: out }] })
}

async function drop(page: Page, { files = [], items = [], x = 300, y = 300 }: { files?: string[]; items?: { mimeType: string; data: string }[]; x?: number; y?: number }): Promise<void> {
  const wire = await page.context().newCDPSession(page)
  const data = { items, files, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await wire.send('Input.dispatchDragEvent', { type, x, y, data })
  await wire.detach()
}

test('a file let fall on a place for files is taken, and beside it nothing happens', async ({ launch, clinic }) => {
  const { page, data } = await launch({ data: clinic.copy() })
  const file = path.join(data, 'dropped.ndjson')
  fs.writeFileSync(file, JSON.stringify(chartLine(1)))
  await signIn(page, people.administrator)
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Import' }).click()
  const button = page.getByRole('button', { name: /Choose FHIR file/ })
  const { x = 0, y = 0, width = 0, height = 0 } = (await button.boundingBox()) ?? {}
  await drop(page, { files: [file], x: 20, y: 740 })
  await expect(button).toBeVisible()
  await drop(page, { files: [file], x: x + width / 2, y: y + height / 2 })
  await expect(page.getByText('dropped.ndjson').first()).toBeVisible()
  await expect(page.getByRole('button', { name: /Import 1 patient/ })).toBeVisible()
})

test('R32: nothing is permitted, whatever Electron has a name for', async ({ launch }) => {
  const { page, refused } = await launch()
  await ready(page)
  const names = permissionNames()
  expect(names.length).toBeGreaterThan(40)
  const answers = await page.evaluate(async (all) => {
    const outcome = async ([name, call]: [string, () => unknown]): Promise<string> => Promise.resolve().then(call).then((value) => (value === null || value === undefined ? `${name} gives nothing` : `${name} gives`), () => `${name} refuses`)
    const states = await Promise.all(all.map((name) => navigator.permissions.query({ name: name as PermissionName }).then(({ state }) => state, () => 'unknown here'))) // The page knows some of them.
    const nav = navigator as unknown as Record<string, Record<string, (options?: unknown) => Promise<unknown>>> // Not every one is in the DOM's types.
    const picture = { video: true }
    return {
      states: [...new Set(states)].toSorted(),
      notification: Notification.permission,
      acts: await Promise.all(Object.entries({
        camera: () => navigator.mediaDevices.getUserMedia(picture),
        screen: () => navigator.mediaDevices.getDisplayMedia(picture),
        place: () => new Promise((done, fail) => navigator.geolocation.getCurrentPosition(done, fail)),
        clipboard: () => navigator.clipboard.readText(),
        usb: () => nav['usb']?.['requestDevice']?.({ filters: [] }),
        hid: () => nav['hid']?.['requestDevice']?.({ filters: [] }).then((found) => (found as unknown[])[0]),
        serial: () => nav['serial']?.['requestPort']?.(),
        bluetooth: () => nav['bluetooth']?.['requestDevice']?.({ acceptAllDevices: true }),
        wakeLock: () => nav['wakeLock']?.['request']?.('screen'),
        folders: () => nav['storage']?.['persist']?.().then((given) => given || undefined),
      }).map(outcome)),
    }
  }, names)
  expect(answers.states).toEqual(['denied', 'unknown here'])
  expect(answers.notification).toBe('denied')
  expect(answers.acts.filter((one) => one.endsWith('gives'))).toEqual([])
  expect(refused.splice(0)).toEqual([])
})

/** Out of Electron's own typings, so that a new one is tried as well. */
function permissionNames(): string[] {
  const typings = fs.readFileSync(inRoot('node_modules/electron/electron.d.ts'), 'utf8')
  const union = /setPermissionCheckHandler\(handler: \(\(webContents: [^,]+, permission: ([^,]+),/.exec(typings)?.[1] ?? ''
  return [...union.matchAll(/'([A-Za-z-]+)'/g)].map((match) => match[1] ?? '')
}

test('R33: the window’s address gives the listed files and nothing else', async ({ launch }) => {
  const { app, page } = await launch()
  await ready(page)
  const link = inRoot('out/renderer/link.js')
  fs.rmSync(link, { force: true })
  fs.symlinkSync('/etc/hostname', link)
  const get = (address: string, method = 'GET'): Promise<{ status: number; policy: string | null }> =>
    app.evaluate(async ({ session }, one) => {
      const { status, headers } = await session.fromPartition('cairn').fetch(one.address, { method: one.method })
      return { status, policy: headers.get('content-security-policy') }
    }, { address, method })
  const closed = [
    'app://cairn/', 'app://cairn/files.json', 'app://cairn/../../etc/passwd', 'app://cairn/%2e%2e/%2e%2e/etc/passwd', 'app://cairn/..%2f..%2fetc/passwd', 'app://cairn/..%5c..%5cwindows/win.ini',
    'app://cairn/%252e%252e/package.json', 'app://cairn//etc/passwd', 'app://cairn///etc/passwd', 'app://cairn/C:/windows/win.ini', 'app://cairn/%5c%5cserver%5cshare', 'app://cairn/index.html%00.js',
    'app://cairn/index.html/', 'app://cairn/INDEX.HTML', 'app://cairn/index.html?x=1', 'app://cairn/link.js', 'app://cairn/assets', 'app://elsewhere/index.html', 'app://cairn.evil/index.html',
    'app://cairn/__proto__', 'app://cairn/constructor',
  ]
  try {
    for (const address of closed) expect([address, (await get(address)).status]).toEqual([address, 404])
    expect((await get('app://cairn/index.html', 'POST')).status).toBe(404)
    const { status, policy } = await get('app://cairn/index.html')
    expect({ status, policy }).toEqual({ status: 200, policy: POLICY })
  } finally {
    fs.rmSync(link)
  }
})

test('R32: the shell hears its own windows’ page and no other frame, window, address or size', async ({ launch }) => {
  const { app, page } = await launch()
  await ready(page)
  const opened = await app.evaluate(async ({ BrowserWindow, ipcMain, session }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (!window) throw new Error('there is a window')
    const { webContents: sender } = window
    // As hard as ours and with our page in it, but not one that the shell made.
    const other = new BrowserWindow({ show: false, webPreferences: { session: session.fromPartition('cairn'), sandbox: true, safeDialogs: true } })
    await other.loadURL('app://cairn/index.html')
    const mainFrame = sender.mainFrame
    const tries: [string, object, ...unknown[]][] = [
      ['no frame', { sender, senderFrame: null }, '/day'],
      ['a frame inside', { sender, senderFrame: { url: 'app://cairn/index.html' } }, '/day'],
      ['a window that is not ours', { sender: other.webContents, senderFrame: other.webContents.mainFrame }, '/day'],
      ['an address instead of a path', { sender, senderFrame: mainFrame }, 'https://example.com'],
      ['a path above', { sender, senderFrame: mainFrame }, '/../x'],
      ['a path that is too long', { sender, senderFrame: mainFrame }, `/${'x'.repeat(5_000)}`],
      ['two words', { sender, senderFrame: mainFrame }, '/day', '/day'],
      ['an object', { sender, senderFrame: mainFrame }, { toString: () => '/day' }],
      ['nothing', { sender, senderFrame: mainFrame }],
    ]
    return tries.map(([name, event, ...input]) => {
      const before = BrowserWindow.getAllWindows().length
      ipcMain.emit('window:open', event, ...input)
      return [name, BrowserWindow.getAllWindows().length - before]
    }).concat([['our own page', (() => {
      const before = BrowserWindow.getAllWindows().length
      ipcMain.emit('window:open', { sender, senderFrame: mainFrame }, '/day')
      return BrowserWindow.getAllWindows().length - before
    })()]])
  })
  expect(opened.filter(([, count]) => count !== 0)).toEqual([['our own page', 1]])
})

const weak: [what: string, weaken: Record<string, boolean | string>, found: string][] = [
  ['without a sandbox', { sandbox: false }, 'sandbox is false'],
  ['with Node', { nodeIntegration: true, sandbox: false }, 'nodeIntegration is true'],
  ['in one world with its preload', { contextIsolation: false }, 'contextIsolation is false'],
  ['without web security', { webSecurity: false }, 'webSecurity is false'],
  ['that may hold foreign pages', { webviewTag: true }, 'webviewTag is true'],
  ['with a session of its own', { partition: 'persist:other' }, 'session is another'],
]
for (const [what, weaken, found] of weak) {
  test(`R32: a window ${what} ends a test build with exit code 4`, async ({ launch }) => {
    const { app, page, process: shell, said } = await launch()
    await ready(page)
    const ended = new Promise((resolve) => shell.once('exit', resolve))
    await app.evaluate(({ BrowserWindow, session }, preferences) => {
      const own = { sandbox: true, safeDialogs: true, ...preferences }
      const webPreferences = 'partition' in preferences ? own : { ...own, session: session.fromPartition('cairn') }
      new BrowserWindow({ show: false, webPreferences })
    }, weaken).catch(() => undefined) // It may be gone before it answers.
    expect(await ended).toBe(4)
    expect(said()).toContain(`self-test: page: ${found}`)
  })
}

test('R32: a second start brings the first window to the front, and nothing that it was started with is looked at', async ({ launch }) => {
  const { app, page, data } = await launch()
  await ready(page)
  const address = page.url()
  const args = [...sandboxArguments(), inRoot(), '--data=/nowhere', `--user-data-dir=${path.join(data, 'chromium')}`, `--screenshot=${path.join(data, 'shot.png')}`, 'file:///etc/hostname', 'cairn://open/1', '--cairn-phase=closed']
  const second = await run(process.env['CAIRN_ELECTRON'] ?? '', args, { capture: true, timeoutMs: 30_000 })
  expect(second.code).toBe(0)
  expect([await windowsOf(app), page.url(), fs.existsSync(path.join(data, 'shot.png'))]).toEqual([1, address, false])
  await expect(page.getByRole('button', { name: 'Set up your clinic' })).toBeEnabled()
})

test('R32: none of the app’s processes speaks to another machine', async ({ launch }) => {
  const { page, process: shell, refused } = await launch()
  await ready(page)
  await page.evaluate(() => fetch('http://example.com').catch(() => 0))
  expect(refused.splice(0).length).toBeGreaterThan(0)
  expect(connectionsOf(shell.pid ?? 0)).toEqual([])
})

test('the few choices about the window outlive the program, and nothing else of the page does', async ({ launch }) => {
  const first = await launch()
  await ready(first.page)
  await first.page.evaluate(() => {
    localStorage.setItem('patient', 'nobody')
    window.cairn?.preferences.save('mantine-color-scheme-value', 'dark')
    window.cairn?.preferences.save('patient' as 'cairn.printer', 'somebody') // A name that is not on the list.
  })
  const kept = path.join(first.data, 'chromium/preferences.json')
  await expect.poll(() => fs.existsSync(kept)).toBe(true)
  await first.close()
  expect(JSON.parse(fs.readFileSync(kept, 'utf8'))).toEqual({ 'mantine-color-scheme-value': 'dark' })
  expect(fs.statSync(kept).mode & 0o777).toBe(0o600)

  const again = await launch({ data: first.data })
  await ready(again.page)
  expect(await again.page.evaluate(() => ({ ...localStorage }))).toEqual({ 'mantine-color-scheme-value': 'dark' })
  await expect(again.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await again.close()
})
