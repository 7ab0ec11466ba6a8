import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { say } from './terminal.ts'

/**
 * Runs `work` while holding a lock file, so that two tools started together do not both spend
 * minutes on the same thing. What keeps the cache whole is the atomic rename in each step, not
 * this lock: a lock whose owner has died is taken over.
 */
export async function withLock<T>(file: string, what: string, work: () => Promise<T>): Promise<T> {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  let told = false
  while (!take(file)) {
    if (ownerIsGone(file)) {
      fs.rmSync(file, { force: true })
      continue
    }
    if (!told) say(`another process is busy with ${what}; waiting for it`)
    told = true
    await delay(500)
  }
  try {
    return await work()
  } finally {
    fs.rmSync(file, { force: true })
  }
}

function take(file: string): boolean {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false // node:fs throws errno errors
    throw error
  }
}

function ownerIsGone(file: string): boolean {
  let pid: number
  try {
    pid = Number(fs.readFileSync(file, 'utf8'))
  } catch {
    return false // released between our two looks; the next attempt takes it
  }
  if (!Number.isInteger(pid) || pid <= 0) return true
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH' // process.kill throws errno errors
  }
}
