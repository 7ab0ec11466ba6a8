import { app, ipcMain, Menu, session, type Session, type WebContents } from 'electron'
import { CONTENT_SECURITY_POLICY, APP_ORIGIN } from './app-protocol.ts'
import { windowSession } from './closed-session.ts'
import { developmentServer } from './hooks.ts'
import { mismatches, pageTable, programTable, type Facts } from './self-test-rules.ts'

const FAILED = 4

/**
 * Reads what is really in force, not what was asked for, from every page there is, and ends the start when one thing is other
 * than the hardening table (R32). Runs at every start that is not a clinic's, and at a clinic's with CAIRN_SELF_TEST=1.
 */
export function startSelfTest(): void {
  app.on('web-contents-created', (_event, page) => {
    // A page's wishes stand at its making, its guards a moment later.
    setImmediate(() => report(mismatches('page', pageFacts(page), pageTable)))
  })
  void app.whenReady().then(testSessions)
}

function pageFacts(page: WebContents): Facts {
  if (page.isDestroyed() || page.getURL().startsWith('devtools:')) return pageTable
  return {
    ...lastPreferences(page),
    calls: page.getWebRTCIPHandlingPolicy(),
    session: page.session === windowSession() ? 'of the windows' : 'another',
    guards: ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview', 'select-bluetooth-device'].every((name) => page.listenerCount(name) > 0),
  }
}

/** Electron's typings leave the call out, its own tests stand on it. Without it nothing would be tested, which is a mismatch. */
function lastPreferences(page: WebContents): Facts {
  const read = (page as unknown as { getLastWebPreferences?: () => Facts | null }).getLastWebPreferences
  return read?.call(page) ?? {}
}

async function testSessions(): Promise<void> {
  for (const [name, one] of [['windows', windowSession()], ['default', session.defaultSession]] as const) report(await sessionMismatches(name, one))
  // Electron listens to some of its own, without a colon in their names.
  const channels = ipcMain.eventNames().map(String).filter((name) => name.includes(':')).toSorted()
  report(mismatches('program', {
    menu: Menu.getApplicationMenu() === null, channels: channels.join(' '), namesResolve: !app.commandLine.getSwitchValue('host-resolver-rules').startsWith('MAP * ~NOTFOUND'),
  }, programTable))
}

async function sessionMismatches(name: string, one: Session): Promise<string[]> {
  const facts = {
    inMemory: name === 'default' || !one.isPersistent(),
    spelling: one.isSpellCheckerEnabled(),
    network: await outcomeOf(one.fetch('http://cairn.invalid/')),
    downloads: one.listenerCount('will-download') > 0,
    devices: ['select-usb-device', 'select-hid-device', 'select-serial-port'].every((event) => one.listenerCount(event) > 0),
    policy: name === 'default' || developmentServer() !== undefined ? CONTENT_SECURITY_POLICY : (await one.fetch(`${APP_ORIGIN}/index.html`)).headers.get('content-security-policy'),
  }
  const table = { inMemory: true, spelling: false, network: 'net::ERR_BLOCKED_BY_CLIENT', downloads: true, devices: true, policy: CONTENT_SECURITY_POLICY }
  return mismatches(`${name} session`, facts, table)
}

/** The filter's own refusal and no other failure: a machine without a network would pass for a closed one. */
const outcomeOf = (request: Promise<Response>): Promise<string> => request.then(() => 'answered', (error: unknown) => (error instanceof Error ? error.message : 'failed'))

function report(found: readonly string[]): void {
  if (found.length === 0) return
  for (const line of found) process.stderr.write(`self-test: ${line}\n`)
  app.exit(FAILED)
}
