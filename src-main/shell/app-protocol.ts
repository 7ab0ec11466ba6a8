import { protocol, type Session } from 'electron'
import fs from 'node:fs'
import path from 'node:path'

export const APP_ORIGIN = 'app://cairn'
const HOST = 'cairn'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.woff2': 'font/woff2',
}

/**
 * What the page may do, as strictly as it can still be drawn: its own scripts, styles and fonts, pictures it made itself,
 * no text that becomes script or markup, and no address at all (the core is reached by a port, not by a request).
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob:", "font-src 'self'", "connect-src 'none'", "worker-src 'none'",
  "object-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-src 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
].join('; ')

/** Must run before Electron is ready. */
export function declareAppProtocol(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }])
}

/** Serves the files that the build listed, by their exact names. An address is looked up and never becomes a path. */
export function serveApp(to: Session, folder: string): void {
  const files = listedFiles(folder)
  to.protocol.handle('app', async (request) => {
    const { host, pathname, search } = new URL(request.url)
    const file = request.method === 'GET' && host === HOST && search === '' ? files.get(pathname) : undefined
    if (file === undefined) return new Response(null, { status: 404 })
    const body = await fs.promises.readFile(file)
    return new Response(new Uint8Array(body), { headers: {
      'content-type': types[path.extname(file)] ?? 'application/octet-stream', 'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff', 'x-dns-prefetch-control': 'off', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store',
    } })
  })
}

function listedFiles(folder: string): ReadonlyMap<string, string> {
  // Written by the build beside the files (electron.vite.config.ts).
  const names = JSON.parse(fs.readFileSync(path.join(folder, 'files.json'), 'utf8')) as string[]
  return new Map(names.map((name) => [`/${name}`, path.join(folder, name)]))
}
