import { protocol, session } from 'electron'
import fs from 'node:fs/promises'
import path from 'node:path'

export const APP_ORIGIN = 'app://cairn'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2', '.woff': 'font/woff',
}

/** Styles are inline because Mantine writes its variables into the page; scripts never are. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "font-src 'self' data:",
  "connect-src 'none'", "form-action 'none'", "frame-ancestors 'none'", "base-uri 'none'",
].join('; ')

/** Must run before Electron is ready. */
export function declareAppProtocol(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }])
}

/** Serves the built page from `folder` and nothing beside it; the page reaches no network at all. */
export function serveApp(folder: string): void {
  protocol.handle('app', async (request) => {
    const { pathname } = new URL(request.url)
    const file = path.normalize(path.join(folder, decodeURIComponent(pathname)))
    if (!file.startsWith(folder + path.sep)) return new Response(null, { status: 404 })
    try {
      const body = await fs.readFile(file)
      return new Response(new Uint8Array(body), { headers: {
        'content-type': types[path.extname(file)] ?? 'application/octet-stream',
        'content-security-policy': CONTENT_SECURITY_POLICY, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store',
      } })
    } catch {
      return new Response(null, { status: 404 })
    }
  })
}

/** The page may load its own files and what it made itself; every other address is cut, and every permission refused. */
export function closeTheWorld(): void {
  const development = process.env['ELECTRON_RENDERER_URL']
  const allowed = ['app:', 'data:', 'blob:', 'devtools:']
  session.defaultSession.webRequest.onBeforeRequest((details, answer) => {
    const url = new URL(details.url)
    const isDevelopment = development !== undefined && url.host === new URL(development).host
    answer({ cancel: !allowed.includes(url.protocol) && !isDevelopment })
  })
  session.defaultSession.setPermissionRequestHandler((_page, _permission, answer) => answer(false))
  session.defaultSession.setPermissionCheckHandler(() => false)
}
