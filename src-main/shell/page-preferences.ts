/**
 * The hardening table of a page (R32). Most are Electron's defaults; they stand here so that a changed default, or a
 * reader who wonders, meets the whole table.
 */
export const pagePreferences = (isPackaged: boolean) => ({
  sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false,
  webSecurity: true, allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false, navigateOnDragDrop: false,
  spellcheck: false, plugins: false, safeDialogs: true, devTools: !isPackaged,
}) satisfies Electron.WebPreferences
