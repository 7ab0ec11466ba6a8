import { inRoot } from '#tools/lib/paths.ts'
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

/** Everyone in the seeded clinic has this password; tests look for it in every file and must not find it. */
export const PASSWORD = 'heron over still water 52'
export const SEED = 11
export const PATIENTS = 90
/** User names of the demo clinic by the role that a test speaks of. */
export const people = {
  doctor: 'haddad', secondDoctor: 'lindqvist', nurse: 'okafor', receptionist: 'delgado', secondReceptionist: 'marsh', billing: 'nair', pharmacist: 'brandt', administrator: 'voss',
} as const

/** Three people with nothing booked: the demo's own patients may be on today's list, depending on the hour. */
const callers = [
  { id: '019a0000-0000-7000-8000-000000000001', familyName: 'Thistlewood', givenName: 'Zenobia', birthDate: '1985-03-30', sex: 'female' },
  { id: '019a0000-0000-7000-8000-000000000002', familyName: 'Ruscombe', givenName: 'Ottoline', birthDate: '1961-07-04', sex: 'female' },
  { id: '019a0000-0000-7000-8000-000000000003', familyName: 'Fennimore', givenName: 'Ansel', birthDate: '1949-10-21', sex: 'male' },
]

/** The demo clinic, small, made once per run by the command that makes it for people. A test works on a copy. */
export class SeededClinic {
  readonly #folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-e2e-clinic-'))
  readonly #secret = path.join(this.#folder, 'unlock')
  readonly #data = path.join(this.#folder, 'data')

  async make(): Promise<void> {
    fs.writeFileSync(this.#secret, PASSWORD, { mode: 0o600 })
    await cairn(['demo', '--patients', String(PATIENTS), '--seed', String(SEED), '--data', this.#data, '--unlock', this.#secret])
    for (const caller of callers) {
      await cairn(['call', 'patients.register', JSON.stringify(caller), '--as', people.receptionist, '--data', this.#data, '--unlock', this.#secret])
    }
    console.log(`seeded clinic: ${PATIENTS} patients, seed ${SEED}`)
  }

  /** A data folder of its own; `launch` removes it. */
  copy(): string {
    const data = fs.mkdtempSync(path.join(os.tmpdir(), 'cairn-e2e-'))
    fs.cpSync(this.#data, data, { recursive: true })
    return data
  }

  remove(): void {
    fs.rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** Somewhere it is between ten and eleven in the morning: the demo's day is an ordinary one whenever the tests run. */
export function zoneWhereItIsTen(now = new Date()): string {
  const east = ((10 - now.getUTCHours() + 36) % 24) - 12
  return east === 0 ? 'UTC' : `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`
}

async function cairn(args: string[]): Promise<string> {
  const env = { ...process.env, TZ: zoneWhereItIsTen() }
  const { stdout } = await promisify(execFile)(process.execPath, [inRoot('src-main/cli/cairn.ts'), ...args], { env, maxBuffer: 64 * 1024 * 1024 })
  return stdout
}
