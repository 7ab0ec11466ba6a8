/** Chromium refuses to run its sandbox as root, which is what a container or a CI machine gives us. */
export function sandboxArguments(): string[] {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
}
