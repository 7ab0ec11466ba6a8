import { start } from './process.ts'
import { Refusal } from './terminal.ts'

export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])
}

/**
 * Starts a virtual display and returns its name. The server picks a free number itself and writes
 * it to file descriptor 3, so two of them started together cannot meet.
 */
export function startVirtualDisplay(): Promise<string> {
  const server = start('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  return new Promise((resolve, reject) => {
    // Descriptor 3 is a pipe because stdio above says so.
    const numbers = server.stdio[3] as NodeJS.ReadableStream
    numbers.once('data', (chunk: Buffer) => resolve(`:${chunk.toString().trim()}`))
    server.once('error', (error) => reject(new Refusal(`the virtual display Xvfb does not start: ${error.message}`)))
    server.once('close', (code) => reject(new Refusal(`the virtual display Xvfb ended with code ${code}`)))
  })
}
