import type { DeviceSession } from '#shared/domains/devices/model.ts'

/** "Windows 10.0.22631", "Linux 6.8.0": what the core reads off the system, in the names people know. */
export function systemWords(os: string): string {
  const [platform = '', release = ''] = os.split(' ')
  const name = { win32: 'Windows', darwin: 'macOS', linux: 'Linux' }[platform] ?? platform
  return `${name} ${release.split('-')[0] ?? ''}`.trim()
}

/** How a session stands: live ones say how the person came in, past ones how they ended. */
export function stateOf({ isLive, isLocked, endedAt }: DeviceSession): { words: string; tone: 'ok' | 'plain' | 'warn' } {
  if (isLive) return isLocked ? { words: 'Locked', tone: 'plain' } : { words: 'Signed in', tone: 'ok' }
  return endedAt ? { words: 'Ended', tone: 'plain' } : { words: 'Cut off', tone: 'warn' }
}

export const proofWords: Record<NonNullable<DeviceSession['proof']>, string> = { full: 'Password', pin: 'PIN' }
