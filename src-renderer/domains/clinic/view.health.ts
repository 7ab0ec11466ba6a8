import type { Health } from '#shared/domains/clinic/contract.ts'
import { paths } from '#renderer/app/paths.ts'
import { count } from '#renderer/ui/format.ts'
import { bytes } from './view.ts'

export interface Sign {
  id: 'records' | 'disk' | 'backup' | 'key' | 'computer'
  label: string
  title: string
  fact: string
  tone: 'ok' | 'warn' | 'bad'
  /** What to do about it, when it is not well. */
  todo: string
  path: string
}

interface Words { isDemo: boolean; version: string | undefined; at: (instant: string) => string }

/** Below this share of the disk somebody should make room before it is urgent. */
const DISK_LOW = 0.1

export function signsOf(health: Health, words: Words): Sign[] {
  return [recordsSign(health, words), diskSign(health), backupSign(words), keySign(health, words), computerSign(health, words)]
}

function recordsSign({ databaseBytes, checkedAt, checkedWhole }: Health, { at }: Words): Sign {
  const sign = { id: 'records', label: 'Records', title: `${bytes(databaseBytes)}, encrypted`, path: paths.activity() } as const
  if (checkedWhole === false) return { ...sign, fact: 'A page could not be read', tone: 'bad', todo: 'Restore the last backup' }
  if (!checkedAt) return { ...sign, fact: 'Checked at the first sign-in after a start', tone: 'ok', todo: '' }
  return { ...sign, fact: `Every page read and whole, ${at(checkedAt)}`, tone: 'ok', todo: '' }
}

function diskSign({ diskFreeBytes, diskTotalBytes, databaseBytes }: Health): Sign {
  const isLow = diskFreeBytes / diskTotalBytes < DISK_LOW
  return {
    id: 'disk', label: 'Disk', title: `${bytes(diskFreeBytes)} free of ${bytes(diskTotalBytes)}`, fact: `The records take ${bytes(databaseBytes)}`,
    tone: isLow ? 'warn' : 'ok', todo: 'Make room on this disk', path: paths.settings(),
  }
}

/** Said plainly, because silence would look like safety. */
function backupSign({ isDemo }: Words): Sign {
  return isDemo
    ? { id: 'backup', label: 'Backup', title: 'None needed', fact: 'Everyone in the demo is invented', tone: 'ok', todo: '', path: paths.settings() }
    : { id: 'backup', label: 'Backup', title: 'Not automatic yet', fact: 'Close Cairn and copy its folder to another disk each evening', tone: 'warn', todo: 'Copy the records each evening', path: paths.settings() }
}

function keySign({ hasRecoveryKey }: Health, { isDemo }: Words): Sign {
  if (hasRecoveryKey) return { id: 'key', label: 'Recovery key', title: 'Printed at set-up', fact: 'One copy in the safe, one somewhere else', tone: 'ok', todo: '', path: paths.settings() }
  return { id: 'key', label: 'Recovery key', title: 'There is none', fact: isDemo ? 'The demo opens by password only' : 'If every password is lost, so are the records', tone: isDemo ? 'ok' : 'bad', todo: 'Print a recovery key', path: paths.settings() }
}

function computerSign({ upSince, people, signedIn }: Health, { version, at }: Words): Sign {
  return {
    id: 'computer', label: 'This computer', title: `${count(signedIn, 'person', 'people')} signed in`, fact: [`${count(people, 'account')}, up since ${at(upSince)}`, version && `Cairn ${version}`].filter(Boolean).join(' · '),
    tone: 'ok', todo: '', path: paths.staff(),
  }
}
