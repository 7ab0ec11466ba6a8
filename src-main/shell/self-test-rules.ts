/** Facts about the running program by name. */
export type Facts = Readonly<Record<string, unknown>>

/**
 * What every page must have, one by one: the rows of the hardening table (R32) that Electron lets one read back. It keeps
 * to itself what it made of workers, plugins, spelling, dropped files and developer tools; tests/e2e/hardening tries those.
 */
export const pageTable: Facts = {
  sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInSubFrames: false, webSecurity: true, allowRunningInsecureContent: false,
  experimentalFeatures: false, webviewTag: false, safeDialogs: true, enableBlinkFeatures: '', calls: 'disable_non_proxied_udp', session: 'of the windows', guards: true,
}

/** A channel that nobody listed here is one that nobody thought about: add it when its input is checked. */
export const programTable: Facts = {
  menu: true, namesResolve: false, channels: 'camera:close camera:open preferences:save window:close window:display window:minimize window:open window:toggle-maximize',
}

/** One line for each fact that is other than the table; a fact that cannot be read is a mismatch too. */
export function mismatches(what: string, facts: Facts, table: Facts): string[] {
  return Object.entries(table).filter(([name, wanted]) => facts[name] !== wanted).map(([name, wanted]) => `${what}: ${name} is ${String(facts[name])}, not ${String(wanted)}`)
}
