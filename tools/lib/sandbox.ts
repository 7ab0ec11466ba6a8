import fs from 'node:fs'

/**
 * Chromium's sandbox needs what neither root (a container, a CI machine) nor a Linux that keeps user namespaces from
 * unprivileged programs (Ubuntu since 24.04) gives to a program that was not installed. Installed packages keep it.
 */
export function sandboxArguments(): string[] {
  if (process.platform !== 'linux') return []
  const isRoot = process.getuid?.() === 0
  const isRestricted = setting('kernel/apparmor_restrict_unprivileged_userns') === '1' || setting('kernel/unprivileged_userns_clone') === '0'
  return isRoot || isRestricted ? ['--no-sandbox'] : []
}

function setting(name: string): string | undefined {
  const file = `/proc/sys/${name}`
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : undefined
}
